import Engine

extension DockerEngine: EngineOverview {
    /// See `EngineOverview`.
    public func engineStatuses() -> [EngineStatus] { [watch.status] }

    /// See `EngineOverview`.
    public func engineNews() -> AsyncStream<[EngineStatus]> { watch.news() }
}

extension DockerEngine: RunningContainerListing {
    /// See `RunningContainerListing`.
    public func runningContainers() -> [RunningContainer] { watch.running() }

    /// See `RunningContainerListing`.
    public func engineSamples(of wanted: Set<ContainerID>) -> [ContainerID: Sample] { samples.newest(of: wanted) }
}

// An engine checks when it thinks fit, and signals containers alone.
extension DockerEngine: HealthChecking, ProcessWatching {}
