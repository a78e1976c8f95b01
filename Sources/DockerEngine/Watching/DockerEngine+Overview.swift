import Engine

extension DockerEngine: EngineOverview {
    public func engineStatuses() -> [EngineStatus] { [watch.status] }

    public func engineNews() -> AsyncStream<[EngineStatus]> { watch.news() }
}

extension DockerEngine: RunningContainerListing {
    public func runningContainers() -> [RunningContainer] { watch.running() }

    public func engineSamples(of wanted: Set<ContainerID>) -> [ContainerID: Sample] { samples.newest(of: wanted) }
}

// An engine checks when it thinks fit, and signals containers alone.
extension DockerEngine: HealthChecking, ProcessWatching {}
