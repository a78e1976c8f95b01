/// Which processors a process in a running container may use (runtime-spec, config.md, "execCPUAffinity").
public struct CPUAffinity: Sendable, Hashable, Codable {
    /// As `0-2,7`: before it moves to the container's cgroup.
    public var initial: String?
    /// After it moved there.
    public var `final`: String?

    /// Makes the lists.
    public init(initial: String? = nil, `final`: String? = nil) {
        self.initial = initial
        self.final = `final`
    }
}
