/// A container's configuration as the runtime-spec writes it in `config.json` (OCI runtime-spec 1.2, config.md).
public struct Spec: Sendable, Hashable, Codable {
    /// The version of the specification: `1.2.0`.
    public var ociVersion: String
    /// What runs.
    public var process: Process?
    /// The root file system.
    public var root: Root?
    /// The host name in its UTS namespace.
    public var hostname: String?
    /// The domain name in its UTS namespace.
    public var domainname: String?
    /// In the order in which they are mounted.
    public var mounts: [Mount]?
    /// Programs to run at points of its life.
    public var hooks: Hooks?
    /// Free words for other programs.
    public var annotations: [String: String]?
    /// What is particular to Linux.
    public var linux: Linux?

    /// Makes a configuration.
    public init(
        ociVersion: String = "1.2.0", process: Process? = nil, root: Root? = nil, hostname: String? = nil,
        domainname: String? = nil, mounts: [Mount]? = nil, hooks: Hooks? = nil, annotations: [String: String]? = nil,
        linux: Linux? = nil
    ) {
        self.ociVersion = ociVersion
        self.process = process
        self.root = root
        self.hostname = hostname
        self.domainname = domainname
        self.mounts = mounts
        self.hooks = hooks
        self.annotations = annotations
        self.linux = linux
    }
}
