import Dashboard
import Engine
import Glibc
import LinuxSystem

/// Writes what the dashboard saves.
struct FileSaving: Sendable {
    let environment: ProcessEnvironment

    /// Writes a new file; nothing is left of one that could not be finished.
    func write(_ path: String, _ next: FilePieces) async throws -> String {
        let target = absolute(path)
        let file: OwnedDescriptor
        do throws(SystemError) {
            file = try OwnedDescriptor.open(target, O_WRONLY | O_CREAT | O_EXCL, mode: 0o644)
        } catch {
            let hint = error.number == EEXIST ? "choose another name" : nil
            throw EngineError(.system, "cannot write \(target)", hint: hint, cause: error)
        }
        do {
            while let piece = try await next() { try file.writeAll(piece) }
        } catch {
            try? Files.remove(target)
            if let error = error as? SystemError {
                throw EngineError(.system, "cannot write \(target)", cause: error)
            }
            throw error
        }
        return target
    }

    private func absolute(_ path: String) -> String {
        if path.hasPrefix("~/"), let home = environment.value("HOME") { return home + path.dropFirst() }
        return environment.absolute(path)
    }
}
