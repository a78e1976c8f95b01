/// The container's accounts: /etc/passwd and /etc/group of its file system (passwd(5), group(5)).
public struct AccountTable: Sendable {
    /// Who a process is to be.
    public struct Identity: Sendable, Hashable {
        /// The user's number.
        public var uid: UInt32
        /// The primary group's number.
        public var gid: UInt32
        /// Further groups, the primary one among them.
        public var additionalGroups: [UInt32]
        /// The home directory.
        public var home: String

        /// Names somebody.
        public init(uid: UInt32, gid: UInt32, additionalGroups: [UInt32], home: String) {
            self.uid = uid
            self.gid = gid
            self.additionalGroups = additionalGroups
            self.home = home
        }
    }

    private struct User {
        var name: String
        var uid: UInt32
        var gid: UInt32
        var home: String
    }

    private struct Group {
        var name: String
        var gid: UInt32
        var members: [Substring]
    }

    private let users: [User]
    private let groups: [Group]

    /// Reads both files; what is malformed is passed over, as the C library does.
    public init(passwd: [UInt8], group: [UInt8]) {
        users = Self.lines(passwd).compactMap { fields in
            guard fields.count >= 6, let uid = UInt32(fields[2]), let gid = UInt32(fields[3]) else { return nil }
            return User(name: String(fields[0]), uid: uid, gid: gid, home: String(fields[5]))
        }
        groups = Self.lines(group).compactMap { fields in
            guard fields.count >= 3, let gid = UInt32(fields[2]) else { return nil }
            let members = fields.count > 3 ? fields[3].split(separator: ",") : []
            return Group(name: String(fields[0]), gid: gid, members: members)
        }
    }

    /// Who `user[:group]` is, each a name or a number; empty is root. As docker resolves it: a number need not be
    /// in the files; groups that the user is a member of are added unless a group is named. The primary group is always
    /// one of the additional ones: a file's mode may refuse it what it gives to others, and a process without it among
    /// them could drop it and be let in (CVE-2022-36109).
    /// - Parameter added: further groups, each a name or a number.
    public func identity(_ text: String, adding added: [String] = []) throws(EngineError) -> Identity {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let userText = parts.first.map(String.init) ?? ""
        let groupText = parts.count > 1 ? String(parts[1]) : ""
        let found = try user(userText)
        var identity = Identity(uid: found.uid, gid: found.gid, additionalGroups: [], home: found.home)
        if groupText.isEmpty {
            if !found.name.isEmpty {
                identity.additionalGroups = groups.filter { $0.members.contains { $0 == found.name } }.map(\.gid)
            }
        } else {
            identity.gid = try group(groupText)
        }
        for name in added { identity.additionalGroups.append(try group(name)) }
        identity.additionalGroups = ([identity.gid] + identity.additionalGroups).reduce(into: []) { unique, gid in
            if !unique.contains(gid) { unique.append(gid) }
        }
        return identity
    }

    private func user(_ text: String) throws(EngineError) -> User {
        if text.isEmpty || text == "0" || text == "root" {
            let known = text == "root" ? users.first { $0.name == text } : users.first { $0.uid == 0 }
            return known ?? User(name: "root", uid: 0, gid: 0, home: "/root")
        }
        if let known = users.first(where: { $0.name == text }) { return known }
        guard let uid = UInt32(text), uid <= UInt32(Int32.max) else {
            throw EngineError(
                .invalidArgument, "there is no user \(text) in the container's /etc/passwd",
                hint: "name one that is there, or give a number")
        }
        return users.first { $0.uid == uid } ?? User(name: "", uid: uid, gid: 0, home: "/")
    }

    private func group(_ text: String) throws(EngineError) -> UInt32 {
        if let known = groups.first(where: { $0.name == text }) { return known.gid }
        guard let gid = UInt32(text), gid <= UInt32(Int32.max) else {
            throw EngineError(
                .invalidArgument, "there is no group \(text) in the container's /etc/group",
                hint: "name one that is there, or give a number")
        }
        return gid
    }

    private static func lines(_ bytes: [UInt8]) -> [[Substring]] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            guard let first = line.first, first != "#", first != "+", first != "-" else { return nil }
            return line.split(separator: ":", omittingEmptySubsequences: false)
        }
    }
}
