import Engine

/// What panes need of the machine and only the executable can do: files, programs. All of them are asked off the screen's thread.
public struct HostServices: Sendable {
    /// Runs an alert's command and waits for its end, but not for long; answers what went wrong.
    public var runAlert: (@Sendable (AlertCommand) async -> String?)?
    /// Saves a file of the person's, such as a picture of the screen, under a name that is free where such files go; answers
    /// its path.
    public var save: (@Sendable (_ name: String, _ bytes: [UInt8]) async -> Result<String, EngineError>)?

    /// None of them.
    public init() {}
}
