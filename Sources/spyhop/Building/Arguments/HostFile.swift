import Engine
import LinuxSystem

/// Files of the host that options name.
enum HostFile {
    /// What kind of file a path leads to; `nil` when nothing is there.
    /// - Throws: `EngineError` `.system` that begins with `option` and names the file as it was written.
    static func kind(_ path: String, as name: String, of option: String) throws -> FileStatus.Kind? {
        do { return try Files.status(path, followLink: true)?.kind } catch {
            throw EngineError(.system, "\(option): cannot look at \(name): \(error.reason)")
        }
    }
}
