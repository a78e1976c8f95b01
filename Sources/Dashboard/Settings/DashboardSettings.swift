import Terminal

/// What a person has chosen about the dashboard: what the configuration says, understood. The whole of it changes in one step
/// while the dashboard runs.
public struct DashboardSettings: Sendable {
    /// All colours.
    public var theme: Theme
    /// The theme as the configuration names it: a name, or a file's path.
    public var themeName: String
    /// The characters of frames and graphs.
    public var glyphs = GlyphChoice.automatic
    /// How many colours are used at most.
    public var colors = ColorChoice.automatic
    /// The view that opens first.
    public var view = ViewName.overview
    /// Whether the mouse is the dashboard's; without it the terminal selects text itself.
    public var usesMouse = true
    /// Whether the terminal may ring.
    public var rings = true
    /// In which zone times are told.
    public var timeZone = TimeZoneChoice.local
    /// Seconds east of UTC there, now.
    public var utcOffset: Int64 = 0
    /// How the time of day is written.
    public var timeFormat = TimeFormat.hours24
    /// Seconds from one picture of the figures to the next.
    public var refresh = 1
    /// The keys in force.
    public var keys = KeyMap.standard
    /// What they were made from.
    public var preset = KeyPreset.spyhop
    /// The keys that the person has changed.
    public var keyChanges: [KeyChange] = []
    /// What of the keys is wrong.
    public var keyProblems: [KeyProblem] = []
    /// Nothing may be changed.
    public var isReadOnly = false
    /// Plain lines for a screen reader instead of panes.
    public var isForScreenReader = false
    /// What asks before it is done.
    public var confirmation = ConfirmationChoice.destructive
    /// The language of the interface.
    public var language = Language.english
    /// The languages that there are.
    public var languages = [Language.english.name]
    /// What most programs call errors and warnings stands out in logs by itself.
    public var usesBuiltInHighlights = true
    /// What stands out in logs.
    public var highlights: [HighlightSetting] = []
    /// When somebody is to be told of something.
    public var alerts = AlertRule.standard
    /// Layouts by name, as text: `rows(containers, columns(graphs, logs))`.
    public var layouts: [String: String] = [:]
    /// The person's own commands.
    public var commands: [CustomCommand] = []
    /// What is wrong with the configuration, each with its place.
    public var problems: [String] = []

    /// What `refresh` may be.
    public static let refreshChoices = [1, 2, 3, 5, 10]

    /// Whether only ASCII is drawn; `automatic` says what fits the surroundings.
    func drawsASCII(orElse automatic: Glyphs) -> Bool {
        switch glyphs {
        case .automatic: automatic.isASCII
        case .ascii: true
        case .unicode: false
        }
    }

    /// The defaults, with a theme.
    public init(theme: Theme, themeName: String) {
        self.theme = theme
        self.themeName = themeName
    }
}
