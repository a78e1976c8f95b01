import Engine
import LinuxSystem

/// A file named on the command line, open for reading.
enum InputFile {
    /// Opens it.
    /// - Throws: `EngineError` `.system` that names the file as it was written.
    static func open(_ path: String, _ context: CommandContext) throws -> OwnedDescriptor {
        do { return try OwnedDescriptor.open(context.environment.absolute(path)) } catch {
            throw EngineError(.system, "cannot read \(path): \(error.reason)")
        }
    }
}
