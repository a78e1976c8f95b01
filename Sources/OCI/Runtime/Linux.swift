/// What is particular to Linux (runtime-spec, config-linux.md).
public struct Linux: Sendable, Hashable, Codable {
    public var sysctl: [String: String]?
    public var resources: LinuxResources?
    /// The cgroup's path within the hierarchies.
    public var cgroupsPath: String?
    public var namespaces: [LinuxNamespace]?
    public var devices: [LinuxDevice]?
    public var seccomp: LinuxSeccomp?
    /// `shared`, `slave`, `private` or `unbindable`, with `r` before it for all below.
    public var rootfsPropagation: String?
    public var maskedPaths: [String]?
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
