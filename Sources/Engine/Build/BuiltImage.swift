/// What a build has made.
public struct BuiltImage: Sendable, Hashable {
    /// The digest of the configuration; `nil` when no image was made, only files.
    public var id: ImageID?
    /// The digest of the manifest.
    public var digest: String?
    /// The names that it got, everything spelled out.
    public var names: [String]

    /// Makes a result.
    public init(id: ImageID?, digest: String?, names: [String]) {
        self.id = id
        self.digest = digest
        self.names = names
    }
}

/// A RUN step that failed, in its last state, for as long as whoever was told of it has not returned.
public protocol FailedStep: Sendable {
    /// The step.
    var step: BuildStep { get }
    /// What was run.
    var command: [String] { get }
    /// The exit code of what was run, docker's way.
    var exitCode: Int32 { get }
    /// Runs a command in the file system as the failed step left it, with its mounts, environment, user and directory.
    func enter(_ command: [String], size: TerminalSize?) async throws -> any Session
}

/// Is told of the step that made a build fail. The build keeps its state until this returns.
public typealias BuildFailureHandler = @Sendable (any FailedStep) async -> Void
