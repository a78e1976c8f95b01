/// What is particular to Linux (runtime-spec, config-linux.md).
public struct Linux: Sendable, Hashable, Codable {
    /// Users of its user namespace.
    public var uidMappings: [LinuxIDMapping]?
    /// Groups of its user namespace.
    public var gidMappings: [LinuxIDMapping]?
    /// Kernel parameters of its namespaces.
    public var sysctl: [String: String]?
    /// Limits of its cgroup.
    public var resources: LinuxResources?
    /// The cgroup's path within the hierarchies; with systemd `slice:prefix:name`.
    public var cgroupsPath: String?
    /// The namespaces that it gets.
    public var namespaces: [LinuxNamespace]?
    /// Device files to make.
    public var devices: [LinuxDevice]?
    /// Its seccomp filter.
    public var seccomp: LinuxSeccomp?
    /// `shared`, `slave`, `private` or `unbindable`, with `r` before it for all below.
    public var rootfsPropagation: String?
    /// Paths that are hidden.
    public var maskedPaths: [String]?
    /// Paths that cannot be written to.
    public var readonlyPaths: [String]?
    /// The SELinux label of its mounts.
    public var mountLabel: String?
    /// Its shares of caches and memory bandwidth.
    public var intelRdt: LinuxIntelRdt?
    /// Its execution domain.
    public var personality: LinuxPersonality?
    /// Of its time namespace, by clock: `monotonic`, `boottime`.
    public var timeOffsets: [String: LinuxTimeOffset]?

    /// Makes the section.
    public init(
        uidMappings: [LinuxIDMapping]? = nil, gidMappings: [LinuxIDMapping]? = nil, sysctl: [String: String]? = nil,
        resources: LinuxResources? = nil, cgroupsPath: String? = nil, namespaces: [LinuxNamespace]? = nil,
        devices: [LinuxDevice]? = nil, seccomp: LinuxSeccomp? = nil, rootfsPropagation: String? = nil,
        maskedPaths: [String]? = nil, readonlyPaths: [String]? = nil, mountLabel: String? = nil,
        intelRdt: LinuxIntelRdt? = nil, personality: LinuxPersonality? = nil,
        timeOffsets: [String: LinuxTimeOffset]? = nil
    ) {
        self.uidMappings = uidMappings
        self.gidMappings = gidMappings
        self.sysctl = sysctl
        self.resources = resources
        self.cgroupsPath = cgroupsPath
        self.namespaces = namespaces
        self.devices = devices
        self.seccomp = seccomp
        self.rootfsPropagation = rootfsPropagation
        self.maskedPaths = maskedPaths
        self.readonlyPaths = readonlyPaths
        self.mountLabel = mountLabel
        self.intelRdt = intelRdt
        self.personality = personality
        self.timeOffsets = timeOffsets
    }
}
