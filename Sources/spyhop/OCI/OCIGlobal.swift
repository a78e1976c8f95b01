import Engine
import Glibc

/// What stands before the command's name: where containers are kept, and how failures are told.
struct OCIGlobal: Sendable {
    static let options = [
        OCIOption("root", value: "dir", help: "directory in which containers are kept"),
        OCIOption("log", value: "file", help: "file that gets errors, besides standard error"),
        OCIOption("log-format", value: "format", help: "of the log: text or json"),
        OCIOption("debug", help: "accepted, and of no effect"),
        OCIOption("systemd-cgroup", help: "ask systemd for cgroups; cgroupsPath is slice:prefix:name"),
        OCIOption("rootless", value: "bool", help: "ignore cgroups that may not be made: true, false or auto"),
        OCIOption("criu", value: "path", help: "accepted, and of no effect"),
        OCIOption("help", "h", help: "show help"),
        OCIOption("version", "v", help: "print the version"),
    ]

    let root: String
    let log: OCILog
    let usesSystemd: Bool
    /// An ordinary user's containers may do without cgroups.
    let isRootless: Bool
    let wantsHelp: Bool
    let wantsVersion: Bool
    /// The command's name and what follows it.
    let rest: [String]

    init(_ arguments: [String], _ environment: ProcessEnvironment) throws(EngineError) {
        let parsed = try OCIArguments(arguments, options: Self.options, stopsAtWord: true)
        root = environment.absolute(parsed["root"] ?? Self.defaultRoot(environment))
        let format = parsed["log-format"] ?? "text"
        guard let format = OCILog.Format(rawValue: format) else {
            throw EngineError(.invalidArgument, "--log-format '\(format)' is neither text nor json")
        }
        log = OCILog(path: parsed["log"].map(environment.absolute), format: format)
        usesSystemd = parsed.has("systemd-cgroup")
        let rootless = parsed["rootless"] ?? "auto"
        guard ["true", "false", "auto"].contains(rootless) else {
            throw EngineError(.invalidArgument, "--rootless '\(rootless)' is not true, false or auto")
        }
        isRootless = rootless == "auto" ? !environment.isRoot : rootless == "true"
        wantsHelp = parsed.has("help")
        wantsVersion = parsed.has("version")
        rest = parsed.words
    }

    private static func defaultRoot(_ environment: ProcessEnvironment) -> String {
        if environment.isRoot { return "/run/spyhop/oci" }
        return (environment.value("XDG_RUNTIME_DIR") ?? "/tmp/spyhop-\(geteuid())") + "/spyhop/oci"
    }
}
