import Engine
import Glibc
import LinuxSystem
import Rootless

/// What surrounds this process: environment, directory, user. Read here and nowhere else.
struct ProcessEnvironment: Sendable {
    /// A variable's value.
    var lookup: @Sendable (String) -> String?
    var workingDirectory: String
    /// Whether root has started this process; in an ordinary user's namespace it is not so, though it is root there.
    var isRoot: Bool
    /// An ordinary user's directory for run-time files.
    var runtimeDirectory: String?
    /// Why an ordinary user cannot have the engine.
    var engineRefusal: EngineError?
    /// All variables as `KEY=VALUE`, for programs that are to find what this one found.
    var variables: @Sendable () -> [String] = { [] }

    /// The real surroundings.
    static func current() -> ProcessEnvironment {
        let uid = geteuid()
        var environment = ProcessEnvironment(
            lookup: { name in getenv(name).map { String(cString: $0) } }, workingDirectory: currentDirectory(),
            isRoot: uid == 0, variables: allVariables)
        if uid != 0 {
            environment.runtimeDirectory = RuntimeDirectory.path(
                uid: uid, chosen: environment.value("XDG_RUNTIME_DIR"))
        }
        return environment
    }

    /// A variable's value; an empty one counts as not there.
    func value(_ name: String) -> String? {
        guard let value = lookup(name), !value.isEmpty else { return nil }
        return value
    }

    /// A path seen from the working directory.
    func absolute(_ path: String) -> String { HostPath.absolute(path, in: workingDirectory) }

    /// The text of a file that was named on the command line.
    func readText(_ path: String) throws -> String {
        do { return try Files.readText(absolute(path), limit: 16 << 20) } catch {
            throw EngineError(.system, "cannot read \(path): \(error.reason)")
        }
    }

    private static func allVariables() -> [String] {
        var variables: [String] = []
        var next = environ
        while let variable = next.pointee {
            variables.append(String(cString: variable))
            next += 1
        }
        return variables
    }

    private static func currentDirectory() -> String {
        guard let path = getcwd(nil, 0) else { return "/" }
        defer { free(path) }
        return String(cString: path)
    }
}
