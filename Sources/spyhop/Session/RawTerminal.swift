import Engine
import Glibc
import LinuxSystem

/// The terminal on standard input, with every key passed on as it comes. The settings from before return with
/// `restore`, which every way out calls.
struct RawTerminal: Sendable {
    private let saved: termios

    /// Whether standard input is a terminal.
    static var isInput: Bool { isatty(0) == 1 }

    /// Turns raw mode on.
    /// - Throws: `EngineError` `.system`.
    init() throws {
        var settings = termios()
        guard tcgetattr(0, &settings) == 0 else {
            throw EngineError(.system, "cannot read the terminal's settings: \(SystemError.words(errno))")
        }
        saved = settings
        cfmakeraw(&settings)
        guard tcsetattr(0, TCSANOW, &settings) == 0 else {
            throw EngineError(.system, "cannot change the terminal's settings: \(SystemError.words(errno))")
        }
    }

    /// Puts the settings back; may be called more than once.
    func restore() {
        var settings = saved
        // Written output is waited for, so that its line ends are still read in the mode they were written for.
        _ = tcsetattr(0, TCSADRAIN, &settings)
    }

    /// The size of the terminal on any standard stream; `nil` when none is one.
    static func size() -> TerminalSize? {
        for descriptor: Int32 in [1, 0, 2] {
            var size = winsize()
            if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 {
                return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
            }
        }
        return nil
    }
}
