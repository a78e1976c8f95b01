import Engine
import LinuxSystem

/// What of ids a user may have in his namespaces, and through which programs.
public struct IDGrant: Sendable, Hashable {
    /// His ids: himself, and the ranges of /etc/subuid.
    public var users: [IDMapping]
    /// His group ids.
    public var groups: [IDMapping]
    /// newuidmap(1) and newgidmap(1).
    public var userTool: String
    /// newgidmap(1).
    public var groupTool: String

    /// Why a user gets but the one id that is his.
    public struct Lack: Error, Sendable, Hashable {
        /// What is missing.
        public var what: String
        /// How to get it.
        public var remedy: String
    }

    /// Looks at the two files and for the two programs.
    /// - Throws: `Lack` naming what is missing first.
    public static func find(_ account: UserAccount, searchPath: String?) throws(Lack) -> IDGrant {
        guard let userTool = InstalledProgram.find("newuidmap", searchPath: searchPath),
            let groupTool = InstalledProgram.find("newgidmap", searchPath: searchPath)
        else { throw Lack(what: "newuidmap and newgidmap are not installed", remedy: "apt-get install uidmap") }
        let users = try ranges("/etc/subuid", "--add-subuids", account)
        let groups = try ranges("/etc/subgid", "--add-subgids", account)
        return IDGrant(
            users: SubordinateIDs.map(own: account.uid, ranges: users),
            groups: SubordinateIDs.map(own: account.gid, ranges: groups), userTool: userTool, groupTool: groupTool)
    }

    static func result(_ account: UserAccount, searchPath: String?) -> Result<IDGrant, Lack> {
        do throws(Lack) { return .success(try find(account, searchPath: searchPath)) } catch { return .failure(error) }
    }

    private static func ranges(
        _ path: String, _ flag: String, _ account: UserAccount
    ) throws(Lack) -> [SubordinateIDs.Range] {
        let name = account.names.first ?? "\(account.uid)"
        let text = (try? Files.readText(path, limit: 16 << 20)) ?? ""
        let ranges = SubordinateIDs.ranges(in: text, of: account)
        guard !ranges.isEmpty else {
            throw Lack(
                what: "\(path) grants no ids to \(name)", remedy: "usermod \(flag) 100000-165535 \(name), as root")
        }
        return ranges
    }
}
