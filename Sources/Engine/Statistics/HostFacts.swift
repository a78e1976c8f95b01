/// What does not change about the host while a dashboard is open.
public struct HostFacts: Sendable, Hashable, Codable {
    /// The node's name.
    public var hostname: String
    /// The kernel's release, as `uname -r` prints it.
    public var kernel: String
    /// CPUs that are online.
    public var cpuCount: Int
    /// Bytes.
    public var memoryTotal: UInt64
    /// `v2`, `hybrid` or `v1`.
    public var cgroupMode: String

    /// Makes the facts.
    public init(hostname: String, kernel: String, cpuCount: Int, memoryTotal: UInt64, cgroupMode: String) {
        self.hostname = hostname
        self.kernel = kernel
        self.cpuCount = cpuCount
        self.memoryTotal = memoryTotal
        self.cgroupMode = cgroupMode
    }
}
