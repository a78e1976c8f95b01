/// One row of the settings screen.
enum SettingItem: String, Sendable, Hashable, CaseIterable {
    case theme, glyphs, colors, view, mouse, bell, builtInHighlights
    case timeZone, timeFormat, refresh
    case preset, confirmation, readOnly, screenReader, language

    /// Where it stands in the configuration.
    var path: [String] {
        switch self {
        case .preset: ["keys", "preset"]
        case .confirmation: ["confirm"]
        default: [rawValue]
        }
    }

    var title: String {
        switch self {
        case .theme: words("Theme")
        case .glyphs: words("Characters")
        case .colors: words("Colours")
        case .view: words("First view")
        case .mouse: words("Mouse")
        case .bell: words("Bell")
        case .builtInHighlights: words("Log highlights")
        case .timeZone: words("Time zone")
        case .timeFormat: words("Time of day")
        case .refresh: words("Figures every")
        case .preset: words("Keys as in")
        case .confirmation: words("Ask before")
        case .readOnly: words("Read-only")
        case .screenReader: words("Screen reader")
        case .language: words("Language")
        }
    }

    var help: String {
        switch self {
        case .theme: words("Enter lists all of them, each shown as you pass it")
        case .glyphs: words("auto goes by the locale; ascii is drawn anywhere")
        case .colors: words("at most so many; from the next start")
        case .view: words("what opens at the start")
        case .mouse: words("off: the terminal selects text itself")
        case .bell: words("whether alerts may ring the terminal")
        case .builtInHighlights: words("errors and warnings stand out in logs by themselves")
        case .timeZone: words("local, utc, or an offset such as +02:00")
        case .timeFormat: words("of the clock, of graphs and of alerts")
        case .refresh: words("seconds between two pictures of the figures")
        case .preset: words("whole maps of keys, for hands that know them")
        case .confirmation: words("destructive: what loses something; always: stop and restart as well")
        case .readOnly: words("nothing can be changed from here")
        case .screenReader: words("plain lines instead of panes; from the next start")
        case .language: words("of the interface")
        }
    }

    /// What is chosen, as the configuration spells it.
    func value(_ settings: DashboardSettings) -> String {
        switch self {
        case .theme: settings.themeName
        case .glyphs: settings.glyphs.rawValue
        case .colors: settings.colors.rawValue
        case .view: settings.view.rawValue
        case .mouse: Self.word(settings.usesMouse)
        case .bell: Self.word(settings.rings)
        case .builtInHighlights: Self.word(settings.usesBuiltInHighlights)
        case .timeZone: settings.timeZone.rawValue
        case .timeFormat: settings.timeFormat.rawValue
        case .refresh: String(settings.refresh)
        case .preset: settings.preset.rawValue
        case .confirmation: settings.confirmation.rawValue
        case .readOnly: Self.word(settings.isReadOnly)
        case .screenReader: Self.word(settings.isForScreenReader)
        case .language: settings.language.name
        }
    }

    /// What can be chosen; of themes those that are known so far.
    func choices(themes: [String], languages: [String]) -> [String] {
        switch self {
        case .theme: themes
        case .glyphs: GlyphChoice.allCases.map(\.rawValue)
        case .colors: ColorChoice.allCases.map(\.rawValue)
        case .view: ViewName.tabs.map(\.rawValue)
        case .mouse, .bell, .builtInHighlights, .readOnly, .screenReader: [Self.word(true), Self.word(false)]
        case .timeZone: ["local", "utc"]
        case .timeFormat: TimeFormat.allCases.map(\.rawValue)
        case .refresh: DashboardSettings.refreshChoices.map(String.init)
        case .preset: KeyPreset.allCases.map(\.rawValue)
        case .confirmation: ConfirmationChoice.allCases.map(\.rawValue)
        case .language: languages
        }
    }

    /// What is to be written for a choice.
    func change(to choice: String) -> SettingChange {
        switch self {
        case .mouse, .bell, .builtInHighlights, .readOnly, .screenReader:
            SettingChange(path, .flag(choice == Self.word(true)))
        case .refresh: SettingChange(path, Int(choice).map { .number($0) } ?? .text(choice))
        default: SettingChange(path, .text(choice))
        }
    }

    private static func word(_ isOn: Bool) -> String { isOn ? words("on") : words("off") }
}
