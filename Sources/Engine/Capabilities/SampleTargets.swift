/// A running container that a collector can measure.
public struct SampleTarget: Sendable, Hashable {
    /// Whose figures they are.
    public var id: ContainerID
    /// Its first process on the host, for the network figures.
    public var pid: Int32
    /// Its cgroup's directory in each hierarchy, by the controllers' names; `unified` for cgroup v2.
    public var cgroupPaths: [String: String]
    /// Shares the host's network: its interfaces are not its own.
    public var usesHostNetwork: Bool
    /// Nothing of it can be seen from here but what its engine tells.
    public var isElsewhere = false

    /// Makes a target.
    public init(id: ContainerID, pid: Int32, cgroupPaths: [String: String], usesHostNetwork: Bool) {
        self.id = id
        self.pid = pid
        self.cgroupPaths = cgroupPaths
        self.usesHostNetwork = usesHostNetwork
    }
}

/// Who knows which containers run now.
public protocol SampleTargetListing: Sendable {
    /// The running containers; called once a round, so it must be cheap.
    func sampleTargets() throws -> [SampleTarget]
    /// What an engine tells of a container that is elsewhere, its newest figures; `nil` before the first.
    func engineSample(of id: ContainerID) -> Sample?
}

extension SampleTargetListing {
    /// Nothing is elsewhere.
    public func engineSample(of id: ContainerID) -> Sample? { nil }
}
