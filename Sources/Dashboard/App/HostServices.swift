/// What panes need of the machine and only the executable can do: files, programs. All of them are asked off the screen's thread.
public struct HostServices: Sendable {
    /// Runs an alert's command and waits for its end, but not for long; answers what went wrong.
    public var runAlert: (@Sendable (AlertCommand) async -> String?)?

    /// None of them.
    public init() {}
}
