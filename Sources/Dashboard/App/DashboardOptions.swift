import Engine
import Terminal

/// What the executable decides about a dashboard: its looks, its keys, where it begins, and what only the
/// executable can do for it.
public struct DashboardOptions: Sendable {
    /// What the person has chosen.
    public var settings: DashboardSettings
    /// All colours.
    public var theme: Theme { settings.theme }
    /// The characters of frames and graphs; `Glyphs.ascii` where the terminal has no UTF-8.
    public var glyphs: Glyphs
    /// What to say in the footer at the start, for instance problems of the configuration.
    public var notice: String?
    /// The wall clock.
    public var now: @Sendable () -> Timestamp
    /// Runs an interactive shell in a container while the screen is suspended, and returns what to say in the
    /// footer afterwards (`nil`: nothing). Runs outside the main actor, and may use the terminal as it likes.
    public var runShell: (@Sendable (ContainerID) async -> String?)?
    /// The same for attaching to the container's first process.
    public var runAttach: (@Sendable (ContainerID) async -> String?)?

    /// Shows an address in the person's browser; runs outside the main actor and must leave the terminal alone.
    public var openBrowser: (@Sendable (String) async -> BrowserOutcome)?
    /// Runs a browser that needs the terminal, while the screen is suspended, as `runShell` does; it is asked instead of
    /// `openBrowser`.
    public var runBrowser: (@Sendable (String) async -> String?)?

    /// Makes a container out of the form that a person has filled in, or says what is wrong in which field; without it there
    /// is no form.
    public var makeSpec: (@Sendable (RunForm) -> Result<ContainerSpec, RunForm.Refusal>)?

    /// Makes a build's request out of the form that a person has filled in, or says what is wrong in which field; without it
    /// there is no form.
    public var makeBuild: (@Sendable (BuildForm) -> Result<BuildRequest, BuildForm.Refusal>)?
    /// Runs a shell in a build's failed step while the screen is suspended, as `runShell` does.
    public var enterStep: (@Sendable (any FailedStep) async -> String?)?

    /// Whether changes can be allowed from within, where the settings allow none.
    public var mayLeaveReadOnly = true
    /// The themes there are, and how one is read.
    public var themeNames: [String] = []
    /// Reads a theme by name; must answer at once.
    public var loadTheme: (@Sendable (String) -> Result<Theme, EngineError>)?
    /// What panes need of the machine.
    public var host = HostServices()
    /// What was remembered of the last time.
    public var memory = DashboardMemory()
    /// Keeps what the dashboard is to remember; must answer at once. Without it all is forgotten at the end.
    public var remember: (@Sendable (DashboardMemory.Change) -> Void)?

    /// When somebody wants to be told of something.
    public var alerts: [AlertRule] {
        get { settings.alerts }
        set { settings.alerts = newValue }
    }

    /// Makes options; `now` is the wall clock (nanoseconds since the epoch).
    public init(
        theme: Theme, glyphs: Glyphs = .unicode, keys: KeyMap = .standard, view: ViewName = .overview,
        notice: String? = nil, utcOffset: Int64 = 0,
        runShell: (@Sendable (ContainerID) async -> String?)? = nil,
        runAttach: (@Sendable (ContainerID) async -> String?)? = nil,
        openBrowser: (@Sendable (String) async -> BrowserOutcome)? = nil,
        runBrowser: (@Sendable (String) async -> String?)? = nil,
        makeSpec: (@Sendable (RunForm) -> Result<ContainerSpec, RunForm.Refusal>)? = nil,
        makeBuild: (@Sendable (BuildForm) -> Result<BuildRequest, BuildForm.Refusal>)? = nil,
        enterStep: (@Sendable (any FailedStep) async -> String?)? = nil,
        now: @escaping @Sendable () -> Timestamp
    ) {
        settings = DashboardSettings(theme: theme, themeName: theme.name)
        settings.keys = keys
        settings.view = view
        settings.utcOffset = utcOffset
        self.glyphs = glyphs
        self.notice = notice
        self.now = now
        self.runShell = runShell
        self.runAttach = runAttach
        self.openBrowser = openBrowser
        self.runBrowser = runBrowser
        self.makeSpec = makeSpec
        self.makeBuild = makeBuild
        self.enterStep = enterStep
    }
}
