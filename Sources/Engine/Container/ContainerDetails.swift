/// All that `inspect` tells of one container.
public struct ContainerDetails: Sendable, Hashable, Codable {
    /// The row of the list.
    public var container: Container
    /// The request it was made by.
    public var spec: ContainerSpec
    /// Working directory after image and request are merged.
    public var workingDirectory: String
    /// `KEY=VALUE`, image and request merged.
    public var environment: [String]
    /// `user[:group]` after merging; empty is root.
    public var user: String
    /// The name in its UTS namespace.
    public var hostname: String
    /// The newest log file, on the host.
    public var logPath: String
    /// The overlay's layers, lowest last, and its writable directory.
    public var lowerDirectories: [String]
    /// The overlay's writable directory, on the host.
    public var upperDirectory: String
    /// The monitor's process on the host while it lives.
    public var monitorPID: Int32?
    /// Cgroup directories by hierarchy (`unified`, `memory`, `pids`, …).
    public var cgroupPaths: [String: String]
    /// How its health is found out, request and image merged.
    public var healthCheck: HealthCheck?
    /// What is known of its health.
    public var health: HealthReport?
    /// Where the content of its volumes is on the host, by name.
    public var volumeMountpoints: [String: String]

    /// Makes the details.
    public init(
        container: Container, spec: ContainerSpec, workingDirectory: String, environment: [String], user: String,
        hostname: String, logPath: String, lowerDirectories: [String], upperDirectory: String,
        monitorPID: Int32? = nil, cgroupPaths: [String: String] = [:], healthCheck: HealthCheck? = nil,
        health: HealthReport? = nil, volumeMountpoints: [String: String] = [:]
    ) {
        self.container = container
        self.spec = spec
        self.workingDirectory = workingDirectory
        self.environment = environment
        self.user = user
        self.hostname = hostname
        self.logPath = logPath
        self.lowerDirectories = lowerDirectories
        self.upperDirectory = upperDirectory
        self.monitorPID = monitorPID
        self.cgroupPaths = cgroupPaths
        self.healthCheck = healthCheck
        self.health = health
        self.volumeMountpoints = volumeMountpoints
    }
}
