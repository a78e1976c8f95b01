import CLinux
import Engine
import Glibc
import LinuxSystem

/// A container's root joined by fuse-overlayfs(1), for users on whose file system or kernel overlayfs cannot be used.
///
/// It is mounted in the engine's own mount namespace, which the container's monitor shares and its container copies. A
/// companion process waits for the monitor's end and takes the mount away; the program ends with it.
public struct FuseOverlay: Sendable {
    /// The program, by absolute path.
    public var program: String
    /// An empty directory of the container's.
    public var place: String

    /// Describes a mount; nothing is done.
    public init(program: String, place: String) {
        self.program = program
        self.place = place
    }

    /// Mounts it, and returns when it can be used. Blocks the thread for some tens of milliseconds.
    /// - Parameter lower: the layers' absolute paths, top first.
    /// - Throws: `.unsupported` in the program's own words.
    public func mount(lower: [String], upper: String, work: String) throws(EngineError) {
        let layers = OverlayOption.distinct(lower).map(OverlayOption.escaped).joined(separator: ":")
        let options =
            "lowerdir=\(layers),upperdir=\(OverlayOption.escaped(upper)),workdir=\(OverlayOption.escaped(work))"
        let outcome: (code: Int32, words: String)
        do throws(SystemError) {
            try Files.makeDirectories(place, mode: 0o755)
            outcome = try run(["fuse-overlayfs", "-o", options, place])
        } catch {
            throw EngineError(.system, "cannot start \(program)", cause: error)
        }
        guard outcome.code == 0 else {
            throw EngineError(
                .unsupported, "cannot join the container's layers by fuse-overlayfs: \(outcome.words)",
                hint: "spyhop doctor looks at /dev/fuse")
        }
    }

    /// Takes the mount away, if it is there.
    public func unmount() { _ = umount2(place, Int32(MNT_DETACH)) }

    /// Starts the companion that takes the mount away when the process `monitor` has ended.
    public func unmountAfter(_ monitor: pid_t, monitorPath: String) throws(EngineError) {
        do throws(SystemError) {
            let process = try Processes.open(monitor)
            let mount = try OwnedDescriptor.open(place, OwnedDescriptor.pathOnly | O_DIRECTORY)
            let null = try OwnedDescriptor.open("/dev/null", O_RDWR)
            let pid = try Spawn(
                path: monitorPath, arguments: [SPH_COMPANION_NAME],
                descriptors: [
                    0: null.rawValue, 1: null.rawValue, 2: null.rawValue,
                    Int32(SPH_COMPANION_PROCESS): process.rawValue, Int32(SPH_COMPANION_MOUNT): mount.rawValue,
                ]
            ).start()
            MonitorReaper.watch(pid)
        } catch {
            throw EngineError(.system, "cannot look after the mount of fuse-overlayfs", cause: error)
        }
    }

    /// The program goes into the background by itself once it has mounted; what it says until then is kept in a file, since
    /// a pipe would be held open by what stays.
    private func run(_ arguments: [String]) throws(SystemError) -> (Int32, String) {
        let words = try OwnedDescriptor.memory("fuse-overlayfs")
        let null = try OwnedDescriptor.open("/dev/null", O_RDWR)
        let pid = try Spawn(
            path: program, arguments: arguments, descriptors: [0: null.rawValue, 1: null.rawValue, 2: words.rawValue]
        ).start()
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { throw SystemError.last("waitpid") }
        }
        guard lseek(words.rawValue, 0, SEEK_SET) == 0 else { return (status, "") }
        let text = String(decoding: (try? words.readAll(limit: 64 << 10)) ?? [], as: UTF8.self)
        return (status, text.split(separator: "\n").last.map(String.init) ?? "it ended with \(status >> 8 & 0xff)")
    }
}
