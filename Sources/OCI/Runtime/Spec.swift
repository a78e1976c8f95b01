/// A container's configuration as the runtime-spec writes it in `config.json` (OCI runtime-spec 1.2, config.md).
public struct Spec: Sendable, Hashable, Codable {
    /// The version of the specification: `1.2.0`.
    public var ociVersion: String
    public var process: Process?
    public var root: Root?
    public var hostname: String?
    public var domainname: String?
    /// In the order in which they are mounted.
    public var mounts: [Mount]?
    public var annotations: [String: String]?
    public var linux: Linux?

    /// Makes a configuration.
    public init(
        ociVersion: String = "1.2.0", process: Process? = nil, root: Root? = nil, hostname: String? = nil,
        domainname: String? = nil, mounts: [Mount]? = nil, annotations: [String: String]? = nil, linux: Linux? = nil
    ) {
        self.ociVersion = ociVersion
        self.process = process
        self.root = root
        self.hostname = hostname
        self.domainname = domainname
        self.mounts = mounts
        self.annotations = annotations
        self.linux = linux
    }
}
