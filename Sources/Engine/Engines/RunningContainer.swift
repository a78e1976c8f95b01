/// A container that runs, as an engine knows it that does not read cgroups itself.
public struct RunningContainer: Sendable, Hashable {
    /// Which.
    public var id: ContainerID
    /// Its first process on its host; zero where the engine does not tell.
    public var pid: Int32
    /// Shares its host's network.
    public var usesHostNetwork: Bool

    /// Names a container.
    public init(id: ContainerID, pid: Int32, usesHostNetwork: Bool) {
        self.id = id
        self.pid = pid
        self.usesHostNetwork = usesHostNetwork
    }
}

/// An engine whose running containers are measured by somebody else.
public protocol RunningContainerListing: Sendable {
    /// The running containers as they are known now; asked once a round, so nothing is waited for.
    func runningContainers() -> [RunningContainer]
    /// The newest figures that the engine itself tells of its running containers, for those whose cgroups are out of reach
    /// (`wanted`). Asking begins to listen; a container that is not asked for any more is not listened to any more.
    func engineSamples(of wanted: Set<ContainerID>) -> [ContainerID: Sample]
}
