import Engine
import Glibc
import Rootless

/// Makes an ordinary user root in his own namespaces, before the first thread is started: afterwards the kernel would not
/// let the process in. Root itself passes by.
enum UserEntry {
    /// First words that need no engine, and must work where it cannot be had; and those that only ask registries, for a
    /// credential helper would be root in the namespaces, which its own peers on a bus would not believe.
    private static let withoutEngine: Set<String> = [
        "--version", "-v", "version", "--help", "-h", "help", "doctor", "--generate-completion-script",
        "login", "logout", "search", "tags",
    ]

    /// Enters; what stands in the way is kept for the moment at which the engine is asked for.
    static func enter(_ arguments: [String], _ environment: inout ProcessEnvironment) {
        guard !environment.isRoot, let directory = environment.runtimeDirectory else { return }
        if let first = arguments.first, withoutEngine.contains(where: { first == $0 || first.hasPrefix($0 + "=") }) {
            return
        }
        let configured = environment.value("SPYHOP_MONITOR").map(environment.absolute)
        let entry = RootlessEntry(
            account: .current(fallbackName: environment.value("USER")), directory: directory,
            searchPath: environment.value("PATH"))
        do throws(EngineError) {
            let program = try Program.current()
            let notice = try entry.enter { () throws(EngineError) in try program.monitorPath(configured) }
            if let notice { tell(notice) }
        } catch {
            environment.engineRefusal = error
        }
    }

    private static func tell(_ notice: String) {
        let line = Array("spyhop: \(GoText.harmless(notice))\n".utf8)
        _ = line.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    }
}
