extension Theme {
    /// The names of the themes inside the program: our own, the default first, then the well-known ones and those for
    /// colour-blind eyes by their names.
    public static let builtInNames = [
        "abyss", "coral", "daylight", "mono", "ayu-dark", "catppuccin-latte", "catppuccin-mocha", "dracula",
        "everforest", "github-light", "gruvbox-dark", "gruvbox-light", "ibm", "kanagawa", "monokai", "nord",
        "okabe-ito", "okabe-ito-light", "one-dark", "rose-pine", "solarized-dark", "solarized-light", "tokyo-night",
    ]

    /// A theme from inside the program; nil when there is none of that name.
    ///
    /// - Throws: `ThemeError` when the built-in file breaks the schema, which a test excludes.
    public static func builtIn(_ name: String) throws(ThemeError) -> Theme? {
        let bytes: [UInt8]
        switch name {
        case "abyss": bytes = PackageResources.abyss_yaml
        case "coral": bytes = PackageResources.coral_yaml
        case "daylight": bytes = PackageResources.daylight_yaml
        case "mono": bytes = PackageResources.mono_yaml
        case "ayu-dark": bytes = PackageResources.ayu_dark_yaml
        case "catppuccin-latte": bytes = PackageResources.catppuccin_latte_yaml
        case "catppuccin-mocha": bytes = PackageResources.catppuccin_mocha_yaml
        case "dracula": bytes = PackageResources.dracula_yaml
        case "everforest": bytes = PackageResources.everforest_yaml
        case "github-light": bytes = PackageResources.github_light_yaml
        case "gruvbox-dark": bytes = PackageResources.gruvbox_dark_yaml
        case "gruvbox-light": bytes = PackageResources.gruvbox_light_yaml
        case "ibm": bytes = PackageResources.ibm_yaml
        case "kanagawa": bytes = PackageResources.kanagawa_yaml
        case "monokai": bytes = PackageResources.monokai_yaml
        case "nord": bytes = PackageResources.nord_yaml
        case "okabe-ito": bytes = PackageResources.okabe_ito_yaml
        case "okabe-ito-light": bytes = PackageResources.okabe_ito_light_yaml
        case "one-dark": bytes = PackageResources.one_dark_yaml
        case "rose-pine": bytes = PackageResources.rose_pine_yaml
        case "solarized-dark": bytes = PackageResources.solarized_dark_yaml
        case "solarized-light": bytes = PackageResources.solarized_light_yaml
        case "tokyo-night": bytes = PackageResources.tokyo_night_yaml
        default: return nil
        }
        let text = String(decoding: bytes, as: UTF8.self)
        if let theme = PlainThemeReader.read(text) { return theme }
        return try Theme(yaml: text, file: "themes/\(name).yaml")
    }

    /// A theme from the text of a file that follows docs/themes.md.
    ///
    /// - Parameters:
    ///   - yaml: the file's text.
    ///   - file: its name, for messages.
    public init(yaml: String, file: String) throws(ThemeError) {
        var reader = ThemeReader(file: file)
        self = try reader.read(yaml) { name in
            // A built-in theme has no base itself, so this cannot go round in circles.
            name == "plain" ? .plain : (try? Theme.builtIn(name)) ?? nil
        }
    }
}
