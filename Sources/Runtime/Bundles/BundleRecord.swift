import OCI

/// What the runtime remembers of a container, its file `state.json`. What the container does is not in it: that is
/// derived from its process, its fifo and its cgroup.
public struct BundleRecord: Sendable, Hashable, Codable {
    /// The container's name.
    public var id: String
    /// The absolute path of its bundle.
    public var bundle: String
    /// The absolute path of its root file system.
    public var rootfs: String
    /// When it was created, RFC 3339 with nanoseconds.
    public var created: String
    /// The user who created it.
    public var owner: UInt32
    /// Its first process; `nil` until there is one.
    public var process: BundleProcess?
    /// The process that creates it, as long as it does.
    public var creator: BundleProcess?
    /// Its cgroups.
    public var cgroup: BundleCgroup
    /// The configuration's annotations.
    public var annotations: [String: String]?
    /// Cgroups are asked of systemd.
    public var usesSystemd: Bool
    /// There are hooks `poststop`: for them alone a deletion has to read the whole configuration once more.
    public var hasPoststop: Bool?
}

/// A container's cgroups as a record names them.
public struct BundleCgroup: Sendable, Hashable, Codable {
    /// The directory by controller, `unified` for version 2.
    public var paths: [String: String]
    /// The systemd unit that they belong to.
    public var unit: String?

    /// Names cgroups.
    public init(paths: [String: String] = [:], unit: String? = nil) {
        self.paths = paths
        self.unit = unit
    }
}
