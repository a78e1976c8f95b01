import Engine
import Glibc
import LinuxSystem

/// A program of the host, run for what it prints.
enum OCIChild {
    private static let directories = ["/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin", "/sbin"]

    static func output(_ name: String, _ arguments: [String]) throws(EngineError) -> String {
        let candidates = directories.map { "\($0)/\(name)" }
        guard let path = candidates.first(where: { access($0, X_OK) == 0 }) else {
            throw EngineError(.unsupported, "the program \(name) is not on this host")
        }
        let result: (text: [UInt8], status: Int32)
        do throws(SystemError) {
            let (read, write) = try Pipe().take()
            let output = OwnedDescriptor(owning: read)
            let pid = try start(path, [name] + arguments, OwnedDescriptor(owning: write))
            let text = try output.readAll(limit: 16 << 20)
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            result = (text, status)
        } catch {
            throw EngineError(.system, "cannot run \(path)", cause: error)
        }
        guard result.status == 0 else {
            throw EngineError(.invalidArgument, "\(name) \(arguments.joined(separator: " ")) failed")
        }
        return String(decoding: result.text, as: UTF8.self)
    }

    private static func start(
        _ path: String, _ arguments: [String], _ output: consuming OwnedDescriptor
    ) throws(SystemError) -> pid_t {
        try Spawn(path: path, arguments: arguments, descriptors: [1: output.rawValue, 2: 2]).start()
    }
}
