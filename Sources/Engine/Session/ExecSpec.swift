/// A command to run in a running container.
public struct ExecSpec: Sendable, Hashable {
    /// The program and its arguments.
    public var command: [String]
    /// `KEY=VALUE`, added to the container's own.
    public var environment: [String] = []
    /// Absolute path in the container; `nil` is the container's own.
    public var workingDirectory: String?
    /// `user[:group]`, names or numbers; `nil` is the container's own.
    public var user: String?
    /// A pseudo-terminal (`-t`).
    public var tty = false
    /// Standard input is wanted (`-i`).
    public var openStdin = false
    /// All capabilities and no filter.
    public var privileged = false
    /// The terminal's size at the start, where there is one.
    public var size: TerminalSize?

    /// A request to run `command`.
    public init(command: [String]) { self.command = command }
}
