import Cgroups
import OCI

/// Everything that the making of an OCI bundle's first process needs beside its configuration.
public struct BundleLaunch: Sendable {
    /// The configuration, checked.
    public var spec: Spec
    /// The container's identifier.
    public var id: String
    /// The bundle's absolute path, for the state that hooks read.
    public var bundle: String
    /// The root file system's absolute path.
    public var rootfs: String
    /// The container's cgroups, made and limited; without any directory it joins none.
    public var cgroup: ContainerCgroup
    /// A fifo that the process waits at for its start; `nil`: the program runs at once.
    public var gate: String?
    /// Further descriptors that the program gets, beginning with 3: how many of this process's.
    public var preservedDescriptors = 0
    /// What becomes the program's standard input, output and error.
    public var streams: [Int32] = [0, 1, 2]
    /// The root is moved instead of pivoted (`--no-pivot`), as on an initramfs.
    public var noPivot = false
    /// The process keeps the caller's session keyring (`--no-new-keyring`).
    public var keepsKeyring = false

    /// Describes a launch.
    public init(spec: Spec, id: String, bundle: String, rootfs: String, cgroup: ContainerCgroup, gate: String? = nil) {
        self.spec = spec
        self.id = id
        self.bundle = bundle
        self.rootfs = rootfs
        self.cgroup = cgroup
        self.gate = gate
    }
}
