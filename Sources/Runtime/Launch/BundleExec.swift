import Cgroups
import OCI

/// A further process in the container of an OCI bundle.
public struct BundleExec: Sendable {
    /// What runs.
    public var process: OCI.Process
    /// The container's configuration: its filter counts for this process too.
    public var spec: Spec
    /// The container's identifier.
    public var id: String
    /// The bundle's absolute path, for a seccomp listener.
    public var bundle: String
    /// The container's first process on the host.
    public var target: Int32
    /// When that process began (field 22 of /proc/PID/stat), so that a reused number is never joined.
    public var targetStartTicks: UInt64
    /// The cgroups that the process joins.
    public var cgroup: ContainerCgroup
    /// Further descriptors that the program gets, beginning with 3: how many of this process's.
    public var preservedDescriptors = 0
    /// What becomes the program's standard input, output and error.
    public var streams: [Int32] = [0, 1, 2]
    /// The process keeps the caller's session keyring.
    public var keepsKeyring = false

    /// Describes a process.
    public init(
        process: OCI.Process, spec: Spec, id: String, bundle: String, target: Int32, targetStartTicks: UInt64,
        cgroup: ContainerCgroup
    ) {
        self.process = process
        self.spec = spec
        self.id = id
        self.bundle = bundle
        self.target = target
        self.targetStartTicks = targetStartTicks
        self.cgroup = cgroup
    }
}
