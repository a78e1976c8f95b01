/// One mount (runtime-spec, config.md, "Mounts").
public struct Mount: Sendable, Hashable, Codable {
    /// Absolute path in the container.
    public var destination: String
    /// The file system's type; a bind says so in its options.
    public var type: String?
    /// What is mounted: a device's name, or a path of the host for a bind.
    public var source: String?
    /// As mount(8) spells them (`nosuid`, `rbind`, `ro`, `mode=755`).
    public var options: [String]?
    /// The mount's own mapping of users (an idmapped mount); container IDs are those of the file system.
    public var uidMappings: [LinuxIDMapping]?
    /// The same of groups.
    public var gidMappings: [LinuxIDMapping]?

    /// Makes a mount.
    public init(
        destination: String, type: String? = nil, source: String? = nil, options: [String]? = nil,
        uidMappings: [LinuxIDMapping]? = nil, gidMappings: [LinuxIDMapping]? = nil
    ) {
        self.destination = destination
        self.type = type
        self.source = source
        self.options = options
        self.uidMappings = uidMappings
        self.gidMappings = gidMappings
    }

    /// It binds a path of the host.
    public var isBind: Bool { options?.contains { $0 == "bind" || $0 == "rbind" } ?? false }
}
