/// What a seccomp listener is sent beside its descriptors (runtime-spec, config-linux.md, "The Container Process State").
public struct ContainerProcessState: Sendable, Hashable, Codable {
    /// The version of the specification that this document follows.
    public var ociVersion: String
    /// What the descriptors are, in their order: `seccompFd`.
    public var fds: [String]
    /// The process, in the host's numbers.
    public var pid: Int
    /// The configuration's `listenerMetadata`.
    public var metadata: String?
    /// The container.
    public var state: State

    /// Makes a state.
    public init(ociVersion: String, fds: [String], pid: Int, metadata: String? = nil, state: State) {
        self.ociVersion = ociVersion
        self.fds = fds
        self.pid = pid
        self.metadata = metadata
        self.state = state
    }

    /// The name of the descriptor that system calls are told through.
    public static let seccompDescriptor = "seccompFd"
}
