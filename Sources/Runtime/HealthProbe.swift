import Engine

/// What a container's monitor has to know to look after its health.
public struct HealthProbe: Sendable, Hashable {
    /// The check; what it leaves open is docker's value.
    public var check: HealthCheck
    /// The container's request: capabilities, seccomp, privileges, network.
    public var container: ContainerSpec
    /// For `HOSTNAME`.
    public var hostname: String
    /// What runs in the container, with its user, environment and directory.
    public var process: ResolvedProcess

    /// Makes a probe.
    public init(check: HealthCheck, container: ContainerSpec, hostname: String, process: ResolvedProcess) {
        self.check = check
        self.container = container
        self.hostname = hostname
        self.process = process
    }
}
