import Engine
import Glibc
import LinuxSystem

/// Where this program and its companion are on disk.
struct Program: Sendable {
    /// The absolute path of this program.
    let path: String

    /// This program; looked for once. An ordinary user's command does so before it enters another mount namespace, where
    /// the kernel may no longer know a path to it.
    /// - Throws: `EngineError` `.unsupported` where /proc is not mounted.
    static func current() throws(EngineError) -> Program { try own.get() }

    private static let own: Result<Program, EngineError> = {
        guard let path = realpath("/proc/self/exe", nil) else {
            return .failure(
                EngineError(
                    .unsupported, "cannot tell where this program is: \(SystemError.words(errno))",
                    hint: "is /proc mounted?"))
        }
        defer { free(path) }
        return .success(Program(path: String(cString: path)))
    }()

    /// The monitor's program: beside this one, else in `../libexec/spyhop`, else where `SPYHOP_MONITOR` says.
    /// - Throws: `EngineError` `.unsupported` when it is nowhere.
    func monitorPath(_ configured: String?) throws(EngineError) -> String {
        let directory = Files.directory(of: path)
        let places = [
            directory + "/spyhop-monitor", HostPath.absolute("../libexec/spyhop/spyhop-monitor", in: directory),
        ]
        for place in places + (configured.map { [$0] } ?? []) where access(place, X_OK) == 0 { return place }
        throw EngineError(
            .unsupported, "the program spyhop-monitor is not beside \(path)",
            hint: "install it there or in \(Files.directory(of: places[1])), or say where it is in SPYHOP_MONITOR")
    }

    /// What a monitor starts to remove its container; the identifier is added.
    func cleanupCommand(_ settings: Settings) -> [String] {
        var command = [path, "internal", "cleanup", "--root", settings.root, "--run-root", settings.runRoot]
        if let parent = settings.cgroupParent { command += ["--cgroup-parent", parent] }
        return command
    }
}
