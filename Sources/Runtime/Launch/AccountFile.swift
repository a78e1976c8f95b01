import Glibc
import LinuxSystem

/// The passwd(5) file of a root file system that is not trusted.
enum AccountFile {
    /// The home of a user; `/` when the file does not tell, as login programs have it.
    static func home(of uid: UInt32, root: String) -> String {
        guard let directory = try? OwnedDescriptor.open(root, OwnedDescriptor.pathOnly | O_DIRECTORY),
            // Whatever links the image put there lead into the image; a device or a fifo there must not hold anybody up.
            let file = try? directory.open(
                at: "etc/passwd", O_RDONLY | O_NONBLOCK | O_NOCTTY, resolve: [.inRoot, .noMagicLinks]),
            let bytes = try? file.readAll(limit: 1 << 20)
        else { return "/" }
        return home(of: uid, in: String(decoding: bytes, as: UTF8.self)) ?? "/"
    }

    static func home(of uid: UInt32, in passwd: String) -> String? {
        for line in passwd.split(separator: "\n") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count >= 6, UInt32(fields[2]) == uid else { continue }
            return fields[5].isEmpty ? nil : String(fields[5])
        }
        return nil
    }
}
