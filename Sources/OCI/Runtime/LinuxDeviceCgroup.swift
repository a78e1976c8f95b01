/// One rule of the device allow list (runtime-spec, config-linux.md, "Allowed Device list"); later ones win.
public struct LinuxDeviceCgroup: Sendable, Hashable, Codable {
    /// The devices may be used; or may not.
    public var allow: Bool
    /// `a` for all, `c` or `b`.
    public var type: String?
    /// The driver's number; absent or -1 is any.
    public var major: Int64?
    /// The device's number; absent or -1 is any.
    public var minor: Int64?
    /// Of `r`, `w` and `m` (mknod).
    public var access: String?

    /// Makes a rule.
    public init(allow: Bool, type: String? = nil, major: Int64? = nil, minor: Int64? = nil, access: String? = nil) {
        self.allow = allow
        self.type = type
        self.major = major
        self.minor = minor
        self.access = access
    }
}
