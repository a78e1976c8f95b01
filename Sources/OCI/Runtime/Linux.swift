/// What is particular to Linux (runtime-spec, config-linux.md).
public struct Linux: Sendable, Hashable, Codable {
    /// Kernel parameters of its namespaces.
    public var sysctl: [String: String]?
    /// Limits of its cgroup.
    public var resources: LinuxResources?
    /// The cgroup's path within the hierarchies.
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

    /// Makes the section.
    public init(
        sysctl: [String: String]? = nil, resources: LinuxResources? = nil, cgroupsPath: String? = nil,
        namespaces: [LinuxNamespace]? = nil, devices: [LinuxDevice]? = nil, seccomp: LinuxSeccomp? = nil,
        rootfsPropagation: String? = nil, maskedPaths: [String]? = nil, readonlyPaths: [String]? = nil
    ) {
        self.sysctl = sysctl
        self.resources = resources
        self.cgroupsPath = cgroupsPath
        self.namespaces = namespaces
        self.devices = devices
        self.seccomp = seccomp
        self.rootfsPropagation = rootfsPropagation
        self.maskedPaths = maskedPaths
        self.readonlyPaths = readonlyPaths
    }
}
