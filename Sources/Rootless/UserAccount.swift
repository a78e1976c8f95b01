import Glibc
import LinuxSystem

/// An ordinary user of this machine.
public struct UserAccount: Sendable, Hashable {
    /// His number.
    public var uid: UInt32
    /// His group.
    public var gid: UInt32
    /// Every name that /etc/passwd has for the number, else what the environment calls him.
    public var names: [String]

    /// Makes an account.
    public init(uid: UInt32, gid: UInt32, names: [String]) {
        self.uid = uid
        self.gid = gid
        self.names = names
    }

    /// The user who runs this process.
    /// - Parameter fallbackName: for a directory service's users, who are not in /etc/passwd: `$USER`. Nothing is believed
    ///   on its strength: newuidmap(1) asks again for itself.
    public static func current(fallbackName: String?) -> UserAccount {
        let uid = geteuid()
        let text = (try? Files.readText("/etc/passwd", limit: 16 << 20)) ?? ""
        let names = Self.names(of: uid, in: text)
        return UserAccount(
            uid: uid, gid: getegid(), names: names.isEmpty ? fallbackName.map { [$0] } ?? [] : names)
    }

    /// The names of a number in a passwd(5) file.
    public static func names(of uid: UInt32, in passwd: String) -> [String] {
        passwd.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
            guard fields.count > 3, UInt32(fields[2]) == uid, !fields[0].isEmpty else { return nil }
            return String(fields[0])
        }
    }
}
