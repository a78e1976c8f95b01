/// Why there is no screen.
public enum ScreenError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Standard input or output is no terminal.
    case notATerminal
    /// The terminal's type is not set, or too poor to draw on, or unknown to terminfo.
    case unusable(term: String)
    /// The kernel refused a descriptor.
    case system(errno: Int32)

    /// What, why, and what to do.
    public var description: String {
        switch self {
        case .notATerminal:
            "cannot open the dashboard: standard input and output are not a terminal; "
                + "run it in one, or draw a single frame with --once"
        case .unusable(""):
            "cannot open the dashboard: TERM is not set; set it to your terminal's type, such as xterm-256color"
        case .unusable(let term):
            "cannot open the dashboard: the terminal type \"\(term)\" cannot move its cursor or is unknown to terminfo; "
                + "set TERM to your terminal's type, such as xterm-256color"
        case .system(let errno): "cannot open the dashboard: no event descriptor (errno \(errno))"
        }
    }
}
