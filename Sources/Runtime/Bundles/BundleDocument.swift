import OCI

/// What `state` and `list` print: the specification's state with runc's further members.
public struct BundleDocument: Sendable, Hashable, Codable {
    /// The version of the specification that this document follows.
    public var ociVersion: String
    /// The container's name.
    public var id: String
    /// Its first process; 0 when there is none.
    public var pid: Int
    /// What it does.
    public var status: State.Status
    /// The absolute path of its bundle.
    public var bundle: String
    /// The absolute path of its root file system.
    public var rootfs: String
    /// When it was created, RFC 3339 with nanoseconds.
    public var created: String
    /// The configuration's annotations.
    public var annotations: [String: String]?
    /// The user who created it; empty for root.
    public var owner: String
}
