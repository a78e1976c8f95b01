/// What the terminal, or the world by way of signals, has to say.
public enum TerminalEvent: Hashable, Sendable {
    /// A key was pressed.
    case key(Key)
    /// Text came from the clipboard, in one piece where the terminal says so; its lines end with `\n`.
    case paste(String)
    /// The mouse did something.
    case mouse(MouseEvent)
    /// The terminal has another size now, or must be painted anew (after a stop and continue).
    case resized(Size)
    /// `wake()` was called, once or several times.
    case woken
    /// The program is asked to end: SIGTERM, SIGHUP or SIGINT by number, or the terminal is gone (SIGHUP).
    case terminate(signal: Int32)
}
