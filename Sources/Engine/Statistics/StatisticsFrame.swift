/// One round of the collector: the usage of the host and of every running container.
public struct StatisticsFrame: Sendable, Hashable {
    /// When the round was measured.
    public var time: Timestamp
    /// The whole machine.
    public var host: Usage
    /// Every running container.
    public var containers: [ContainerID: Usage]

    /// Makes a frame.
    public init(time: Timestamp, host: Usage, containers: [ContainerID: Usage]) {
        self.time = time
        self.host = host
        self.containers = containers
    }
}
