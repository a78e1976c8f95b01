/// What panes need of the machine and only the executable can do: files, programs. All of them are asked off the screen's thread.
public struct HostServices: Sendable {
    /// None of them.
    public init() {}
}
