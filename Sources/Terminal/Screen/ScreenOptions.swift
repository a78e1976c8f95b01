/// What a screen needs to know of its surroundings; the executable reads it from the environment.
public struct ScreenOptions: Hashable, Sendable {
    /// `$TERM`.
    public var term: String
    /// `$COLORTERM`.
    public var colorTerm: String?
    /// Whether `$NO_COLOR` is set and not empty.
    public var noColor: Bool
    /// A wish for a depth of colour that overrules what the terminal says.
    public var depth: ColorDepth?
    /// Whether to draw in ASCII although the locale is UTF-8.
    public var forceASCII: Bool
    /// Where descriptions of terminals are looked for first: `$TERMINFO`, `~/.terminfo`.
    public var terminfoDirectories: [String]
    /// Whether to ask for the mouse.
    public var mouse: Bool
    /// Whether to be told of the pointer's moves without a button, where the terminal can (mode 1003).
    public var hover: Bool
    /// How to ask for a notification.
    public var notification: NotificationWay
    /// Whether the terminal is tmux, which hands on to the one outside only what is wrapped for it: `$TMUX` is set.
    public var isInTmux: Bool
    /// The terminal's descriptors.
    public var input: Int32, output: Int32

    /// Surroundings.
    public init(
        term: String, colorTerm: String? = nil, noColor: Bool = false, depth: ColorDepth? = nil,
        forceASCII: Bool = false, terminfoDirectories: [String] = [], mouse: Bool = true, hover: Bool = false,
        notification: NotificationWay = .osc9, isInTmux: Bool = false, input: Int32 = 0,
        output: Int32 = 1
    ) {
        self.term = term
        self.colorTerm = colorTerm
        self.noColor = noColor
        self.depth = depth
        self.forceASCII = forceASCII
        self.terminfoDirectories = terminfoDirectories
        self.mouse = mouse
        self.hover = hover
        self.notification = notification
        self.isInTmux = isInTmux
        self.input = input
        self.output = output
    }
}
