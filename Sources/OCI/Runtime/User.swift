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

    /// Numbers that are not named are root's, as in the Go bindings of the specification.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            uid: try members.decodeIfPresent(UInt32.self, forKey: .uid) ?? 0,
            gid: try members.decodeIfPresent(UInt32.self, forKey: .gid) ?? 0,
            umask: try members.decodeIfPresent(UInt32.self, forKey: .umask),
            additionalGids: try members.decodeIfPresent([UInt32].self, forKey: .additionalGids))
    }
}

/// Found by the decoding that the compiler makes for `Process`: a process without a user is root's.
extension KeyedDecodingContainer {
    func decode(_ type: User.Type, forKey key: Key) throws -> User {
        try decodeIfPresent(type, forKey: key) ?? User()
    }
}
