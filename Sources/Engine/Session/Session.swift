/// A live connection to a process in a container: its output, and its input where it was asked for.
///
/// Reading is by pulling, so a slow reader holds the stream back instead of filling memory.
public protocol Session: Sendable {
    /// The next event; `nil` after the last.
    func next() async throws -> SessionEvent?
    /// Sends bytes to the process's standard input; returns when they are accepted.
    func write(_ bytes: [UInt8]) async throws
    /// Ends the process's standard input.
    func closeInput() async throws
    /// Tells the terminal's new size.
    func resize(_ size: TerminalSize) async throws
    /// Sends a signal to the process.
    func signal(_ number: Int32) async throws
    /// Leaves; the process goes on.
    func detach() async
}

extension Session {
    /// A session that has no way to send one says so.
    public func signal(_ number: Int32) async throws {
        throw EngineError(.unsupported, "cannot send signal \(number): this session knows no signals")
    }
}
