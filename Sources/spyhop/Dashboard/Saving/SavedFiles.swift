import Engine
import Glibc
import LinuxSystem

/// Where the dashboard puts pictures, texts and tables that a person saves: a directory of his own, each file under a name
/// that was free.
struct SavedFiles: Sendable {
    /// `nil` where the person has no directory for such things.
    let directory: String?

    init(directory: String?) { self.directory = directory }

    /// In `$XDG_STATE_HOME/spyhop/saved`, else in `~/.local/state/spyhop/saved`.
    init(_ environment: ProcessEnvironment) {
        let home = environment.value("HOME") ?? (environment.isRoot ? "/root" : nil)
        let state = environment.value("XDG_STATE_HOME") ?? home.map { $0 + "/.local/state" }
        self.init(directory: state.map { environment.absolute($0) + "/spyhop/saved" })
    }

    /// Writes a file; answers its path. `spyhop-graphs.svg` becomes `spyhop-graphs-2026-11-30-184501.svg`, and gets a number
    /// behind it where that is taken.
    func save(_ name: String, _ bytes: [UInt8]) -> Result<String, EngineError> {
        guard let directory else {
            return .failure(
                EngineError(
                    .unsupported, "cannot save \(name): neither HOME nor XDG_STATE_HOME is set",
                    hint: "set one of them, and start again"))
        }
        do throws(SystemError) {
            try Files.makeDirectories(directory)
            for number in 0..<100 {
                let path = directory + "/" + Self.stamped(name, number)
                if Files.exists(path) { continue }
                try Files.writeAtomically(bytes, to: path)
                return .success(path)
            }
        } catch { return .failure(EngineError(.system, "cannot save \(name) in \(directory): \(error.reason)")) }
        return .failure(
            EngineError(.conflict, "cannot save \(name) in \(directory): a hundred of this second are there"))
    }

    /// The name with the time in it, without anything that a path could be made of.
    static func stamped(_ name: String, _ number: Int) -> String {
        let plain = String(name.map { $0 == "/" || $0 == "\0" ? "-" : $0 }.prefix(80))
        var now = time(nil)
        var local = tm()
        localtime_r(&now, &local)
        func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let day = "\(local.tm_year + 1900)-\(two(local.tm_mon + 1))-\(two(local.tm_mday))"
        let stamp =
            "-\(day)-\(two(local.tm_hour))\(two(local.tm_min))\(two(local.tm_sec))\(number == 0 ? "" : "-\(number)")"
        guard let dot = plain.lastIndex(of: "."), dot != plain.startIndex else { return plain + stamp }
        return String(plain[..<dot]) + stamp + String(plain[dot...])
    }
}
