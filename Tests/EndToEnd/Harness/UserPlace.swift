import Foundation
import Harness
import Testing

/// An ordinary user made for one test, with a home of his own. The machine's /etc is left alone: he exists in a private mount
/// namespace of each of his commands, in copies of passwd, group, subuid and subgid that lie on top of the real ones.
final class UserPlace {
    let directory: String
    let uid: UInt32
    /// The first of his 65536 subordinate ids.
    let firstSubordinate: UInt32
    /// The network namespace that is the machine's for him.
    let network: NetworkSpace

    /// What of the machine his commands find changed.
    struct Surroundings {
        /// /etc/subuid and /etc/subgid grant him ids.
        var hasSubordinates = true
        /// newuidmap(1) can be executed.
        var hasMapTools = true
        /// /dev/fuse is everybody's, as udev makes it, and layers are joined by fuse-overlayfs(1).
        var usesFuse = false
        /// Programs that are not installed for him: `pasta`, `slirp4netns`.
        var lacks: [String] = []
    }

    private init() throws {
        directory = try TemporaryDirectory.make("spyhop-user")
        uid = UInt32.random(in: 20_000..<50_000)
        firstSubordinate = 1_000_000 + (uid - 20_000) * 65_536
        network = try NetworkSpace()
        chmod(directory, 0o755)
        for name in ["home", "run", "bin"] { mkdir("\(directory)/\(name)", 0o700) }
        chmod("\(directory)/bin", 0o755)
        for name in ["home", "run"] { chown("\(directory)/\(name)", uid, uid) }
        try append("/etc/passwd", "whale:x:\(uid):\(uid)::\(home):/bin/sh\n", as: "passwd")
        try append("/etc/group", "whale:x:\(uid):\n", as: "group")
        try Data("whale:\(firstSubordinate):65536\n".utf8).write(to: URL(filePath: directory + "/granted"))
        try Data().write(to: URL(filePath: directory + "/nothing"))
    }

    private func append(_ path: String, _ line: String, as name: String) throws {
        try Data((Command.text(path) + line).utf8).write(to: URL(filePath: "\(directory)/\(name)"))
    }

    var home: String { directory + "/home" }
    var root: String { home + "/.local/share/spyhop" }

    /// Gives `body` a user, and afterwards checks that no process of his is left and nothing is mounted.
    static func with<Result>(_ body: (UserPlace) throws -> Result) throws -> Result {
        let place = try UserPlace()
        return try place.network.inside { try with(place, body) }
    }

    private static func with<Result>(_ place: UserPlace, _ body: (UserPlace) throws -> Result) throws -> Result {
        defer { place.cleanUp() }
        let result = try body(place)
        place.removeContainers()
        place.endKeeper()
        #expect(Command.eventually(attempts: 600) { place.processes().isEmpty }, "left: \(place.processes())")
        #expect(HostTraces.mounts(mentioning: place.directory) == [])
        #expect(place.sockets() == [], "left behind")
        return result
    }

    /// Words that run `arguments` as the user.
    func words(_ arguments: [String], _ surroundings: Surroundings = Surroundings()) -> [String] {
        let ids = "\(directory)/\(surroundings.hasSubordinates ? "granted" : "nothing")"
        var script = "set -e\n"
        for (source, target) in [
            ("\(directory)/passwd", "/etc/passwd"), ("\(directory)/group", "/etc/group"), (ids, "/etc/subuid"),
            (ids, "/etc/subgid"), (Programs.directory, "\(directory)/bin"),
        ] { script += "mount --bind \(source) \(target)\n" }
        if !surroundings.hasMapTools { script += "mount --bind /dev/null /usr/bin/newuidmap\n" }
        // As udev makes it on a host that he is an ordinary user of.
        script += "[ -e \(directory)/tun ] || mknod -m 666 \(directory)/tun c 10 200\n"
        script += "[ ! -e /dev/net/tun ] || mount --bind \(directory)/tun /dev/net/tun\n"
        for program in surroundings.lacks.compactMap({ Programs.installed($0) }) {
            script += "mount --bind /dev/null \(program)\n"
        }
        var extra = ""
        if surroundings.usesFuse {
            script += "[ -e \(directory)/fuse ] || mknod -m 666 \(directory)/fuse c 10 229\n"
            script += "mount --bind \(directory)/fuse /dev/fuse\n"
            extra = "SPYHOP_FUSE_OVERLAY=/usr/bin/fuse-overlayfs"
        }
        script += """
            exec setpriv --reuid \(uid) --regid \(uid) --clear-groups env -i HOME=\(home) USER=whale LANG=C.UTF-8 \
            XDG_RUNTIME_DIR=\(directory)/run \(extra) TERM=xterm-256color \(Command.searchPath) "$@"
            """
        return ["/usr/bin/unshare", "-m", "--propagation", "private", "/bin/sh", "-c", script, "sh"] + arguments
    }

    /// `spyhop ARGUMENTS` as words.
    func spyhop(_ arguments: [String], _ surroundings: Surroundings = Surroundings()) -> [String] {
        words(["\(directory)/bin/spyhop"] + arguments, surroundings)
    }

    /// Runs `spyhop ARGUMENTS` as the user, to its end.
    @discardableResult
    func run(_ arguments: String..., surroundings: Surroundings = Surroundings()) throws -> Outcome {
        try Command.run(spyhop(arguments, surroundings), scratch: directory, seconds: 60)
    }

    /// An archive of busybox's root, all root's but for one file that belongs to somebody else when `foreign`.
    func archive(foreign: Bool = true) throws -> String {
        let tree = directory + "/tree"
        let archive = "\(directory)/tree-\(foreign).tar"
        let script = """
            set -e; cp -a \(BusyboxRoot.path) \(tree); mkdir \(tree)/srv; echo theirs > \(tree)/srv/theirs
            chown -R 0:0 \(tree); \(foreign ? "chown 1000:2000 \(tree)/srv/theirs" : "true")
            tar -C \(tree) -cf \(archive) .; chmod 644 \(archive); rm -rf \(tree)
            """
        let made = try Command.run(["/bin/sh", "-c", script], scratch: directory)
        guard made.code == 0 else { throw HarnessError("no archive: \(made.errors)") }
        return archive
    }

    /// Imports that archive as `box`.
    func importImage() throws {
        let made = try run("import", "--change", #"CMD ["sh"]"#, try archive(), "box")
        guard made.code == 0 else { throw HarnessError("import failed: \(made.errors)") }
    }

    /// The keeper of the user's namespace.
    var keeper: pid_t? {
        Command.text(directory + "/run/spyhop/keeper").split(separator: " ").first.flatMap { pid_t($0) }
    }

    /// `PID COMMAND` of every living process that belongs to the user or to one of his subordinate ids.
    func processes() -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap { pid in
            var facts = stat()
            guard Int(pid) != nil, stat("/proc/\(pid)", &facts) == 0,
                facts.st_uid == uid || (firstSubordinate..<firstSubordinate + 65_536).contains(facts.st_uid)
            else { return nil }
            // Whoever has ended and is not reaped yet has no command line.
            let command = Command.text("/proc/\(pid)/cmdline").replacingOccurrences(of: "\0", with: " ")
            return command.isEmpty ? nil : "\(pid) \(command)"
        }
    }

    private func sockets() -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: directory + "/run/spyhop")) ?? []
        return all.filter { $0.hasSuffix(".sock") }
    }

    private func removeContainers() {
        guard let all = try? run("ps", "-aq"), !all.lines.isEmpty else { return }
        _ = try? Command.run(spyhop(["rm", "-f"] + all.lines), scratch: directory, seconds: 60)
    }

    func endKeeper() {
        if let keeper, processes().contains(where: { $0.hasPrefix("\(keeper) ") }) { kill(keeper, SIGKILL) }
    }

    private func cleanUp() {
        removeContainers()
        for line in processes() {
            if let pid = line.split(separator: " ").first.flatMap({ pid_t($0) }) { kill(pid, SIGKILL) }
        }
        try? FileManager.default.removeItem(atPath: directory)
    }
}
