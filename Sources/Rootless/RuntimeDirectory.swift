import Engine
import Glibc
import LinuxSystem

/// Where an ordinary user's run-time files are: his keeper's number, and the monitors' sockets.
public enum RuntimeDirectory {
    /// `$XDG_RUNTIME_DIR/spyhop`; where the variable is not set, as after su(1), `/run/user/UID/spyhop`, else
    /// `/tmp/spyhop-run-UID`.
    public static func path(uid: UInt32, chosen: String?) -> String {
        if let chosen, isOwn(chosen, uid) { return chosen + "/spyhop" }
        let usual = "/run/user/\(uid)"
        return isOwn(usual, uid) ? usual + "/spyhop" : "/tmp/spyhop-run-\(uid)"
    }

    private static func isOwn(_ path: String, _ uid: UInt32) -> Bool {
        guard path.hasPrefix("/"), let facts = try? Files.status(path, followLink: true) else { return false }
        return facts.isDirectory && facts.uid == uid
    }

    /// Makes the directory, for its owner alone; in /tmp anybody could have made one of this name before.
    /// - Throws: `.unsupported` when it is somebody else's or others may write to it.
    public static func prepare(_ path: String, uid: UInt32) throws(EngineError) {
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            throw EngineError(
                .system, "cannot make the directory \(path) for run-time files: \(SystemError.words(errno))",
                hint: "set XDG_RUNTIME_DIR to a directory of your own")
        }
        let facts = try? Files.status(path)
        guard let facts, facts.isDirectory, facts.uid == uid, facts.mode & 0o022 == 0 else {
            throw EngineError(
                .unsupported, "the directory \(path) for run-time files is not this user's alone",
                hint: "set XDG_RUNTIME_DIR to a directory of your own")
        }
    }
}
