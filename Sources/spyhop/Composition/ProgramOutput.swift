import Engine
import Glibc
import LinuxSystem

/// A program of the host run to its end for what it prints.
enum ProgramOutput {
    /// Its standard output, of a mebibyte at most, and its exit code; what it says on standard error is dropped.
    /// - Throws: `SystemError` when it cannot be started, `EngineError` when it prints too much.
    static func of(_ path: String, _ arguments: [String]) async throws -> (text: String, code: Int32) {
        let (read, write) = try Pipe().take()
        let pid: pid_t
        do {
            let end = OwnedDescriptor(owning: write)
            pid = try Spawn(path: path, arguments: arguments, descriptors: [1: end.rawValue]).start()
        } catch {
            close(read)
            throw error
        }
        return try await runOnOwnThread {
            let end = OwnedDescriptor(owning: read)
            let output = Result { try end.readAll(limit: 1 << 20) }
            // A program with more to say is not waited for.
            if case .failure = output { kill(pid, SIGKILL) }
            let code = (try? Processes.reap(pid)) ?? 0
            return (String(decoding: try output.get(), as: UTF8.self), code)
        }
    }
}
