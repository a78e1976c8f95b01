/// A command to run in a running container.
public struct ExecSpec: Sendable, Hashable {
    public var command: [String]
    /// `KEY=VALUE`, added to the container's own.
    public var environment: [String] = []
    public var workingDirectory: String?
    public var user: String?
    public var tty = false
    /// Standard input is wanted (`-i`).
    public var openStdin = false
    public var privileged = false
    /// The terminal's size at the start, where there is one.
    public var size: TerminalSize?

    /// A request to run `command`.
    public init(command: [String]) { self.command = command }
}
