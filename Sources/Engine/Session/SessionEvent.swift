/// What comes out of a session with a container's process.
public enum SessionEvent: Sendable, Hashable {
    case output(LogLine.Stream, [UInt8])
    /// The process ended, with docker's exit code. The session is over.
    case exited(code: Int32)
    /// The session ended and the process goes on, for instance because the monitor let a slow reader go.
    case detached(reason: String)
}
