/// Whom a process runs as (runtime-spec, config.md, "POSIX-platform User").
public struct User: Sendable, Hashable, Codable {
    /// The user.
    public var uid: UInt32
    /// The group.
    public var gid: UInt32
    /// Permission bits that new files do not get.
    public var umask: UInt32?
    /// Further groups.
    public var additionalGids: [UInt32]?

    /// Makes a user; root unless told otherwise.
    public init(uid: UInt32 = 0, gid: UInt32 = 0, umask: UInt32? = nil, additionalGids: [UInt32]? = nil) {
        self.uid = uid
        self.gid = gid
        self.umask = umask
        self.additionalGids = additionalGids
    }
}
