import Cgroups
import Engine

/// Where the engine lives and how much is told. For each: the command line, else the environment, else the default.
struct Settings: Sendable, Equatable {
    /// `--root`, `SPYHOP_ROOT`; `/var/lib/spyhop`, without root `$XDG_DATA_HOME/spyhop`.
    var root: String
    /// `--run-root`, `SPYHOP_RUN_ROOT`; `ROOT/run` where the root was chosen, else `/run/spyhop`, without root
    /// `$XDG_RUNTIME_DIR/spyhop` or what `RuntimeDirectory` chooses in its place.
    var runRoot: String
    /// `--cgroup-parent`, `SPYHOP_CGROUP_PARENT`.
    var cgroupParent: String?
    /// `--log-level`, `SPYHOP_LOG_LEVEL`; `warn`.
    var logLevel: LogLevel
    /// `SPYHOP_MONITOR`: the monitor's program, where it does not stand beside this one.
    var monitorPath: String?
    /// `SPYHOP_FUSE_OVERLAY`: fuse-overlayfs, to be used without root even where the kernel's overlay could be.
    var fuseOverlay: String?
    /// The ordinary user's systemd, which may give him a cgroup.
    var systemd: SystemdBus?
    /// Why the engine cannot be had at all.
    var engineRefusal: EngineError?
    /// `--engine`, `--host`, `--context`, `SPYHOP_ENGINE`: which engines are meant.
    var engines: EngineSelection

    /// What is told on standard error.
    enum LogLevel: String, Sendable, CaseIterable {
        case debug, info, warn, error
    }

    /// Settles everything.
    /// - Throws: `EngineError` `.invalidArgument` for an unknown level.
    init(_ options: GlobalChoice, _ environment: ProcessEnvironment) throws {
        let chosenRoot = options.root ?? environment.value("SPYHOP_ROOT")
        root = chosenRoot.map(environment.absolute) ?? Self.defaultRoot(environment)
        if let runRoot = options.runRoot ?? environment.value("SPYHOP_RUN_ROOT") {
            self.runRoot = environment.absolute(runRoot)
        } else if chosenRoot != nil {
            runRoot = root + "/run"
        } else {
            runRoot = Self.defaultRunRoot(environment, root: root)
        }
        cgroupParent = options.cgroupParent ?? environment.value("SPYHOP_CGROUP_PARENT")
        monitorPath = environment.value("SPYHOP_MONITOR").map(environment.absolute)
        engineRefusal = environment.engineRefusal
        engines = options.engines
        if engines.isEmpty { engines.engine = environment.value("SPYHOP_ENGINE") }
        systemd = environment.isRoot ? nil : environment.userSystemd
        fuseOverlay = environment.value("SPYHOP_FUSE_OVERLAY").map(environment.absolute)
        let level = options.logLevel ?? environment.value("SPYHOP_LOG_LEVEL") ?? "warn"
        guard let known = LogLevel(rawValue: level == "warning" ? "warn" : level) else {
            throw EngineError(
                .invalidArgument, "--log-level \"\(level)\" is not known", hint: "use debug, info, warn or error")
        }
        logLevel = known
    }

    private static func defaultRoot(_ environment: ProcessEnvironment) -> String {
        if environment.isRoot { return "/var/lib/spyhop" }
        if let data = environment.value("XDG_DATA_HOME") { return data + "/spyhop" }
        return (environment.value("HOME") ?? "/tmp") + "/.local/share/spyhop"
    }

    private static func defaultRunRoot(_ environment: ProcessEnvironment, root: String) -> String {
        if environment.isRoot { return "/run/spyhop" }
        return environment.runtimeDirectory ?? root + "/run"
    }
}
