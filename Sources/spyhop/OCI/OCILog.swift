import Engine
import Glibc
import LinuxSystem
import Synchronization

/// Where the runtime tells what goes wrong: on standard error for people, and in the file that an engine reads.
final class OCILog: Sendable {
    /// How lines of the file look.
    enum Format: String, Sendable { case text, json }

    private let path: String?
    private let format: Format
    private let warnings = Mutex<[String]>([])

    init(path: String?, format: Format) {
        self.path = path
        self.format = format
    }

    /// Tells something that is no failure. The file gets it at the end of a command that succeeds: after a failure
    /// engines take the whole file for one JSON object, the error.
    func warn(_ message: String) {
        warnings.withLock { $0.append(message) }
        tell("warning: \(message)")
    }

    /// Writes what was kept back.
    func finish() {
        for message in warnings.withLock({ $0 }) { append("warning", message) }
    }

    /// Tells why the command failed.
    func fail(_ error: EngineError) {
        var message = error.message
        if let cause = error.cause { message += ": \(cause)" }
        if let hint = error.hint { message += " (\(hint))" }
        append("error", message)
        tell(message)
    }

    private func tell(_ message: String) {
        let line = Array("spyhop-oci: \(GoText.harmless(message))\n".utf8)
        _ = line.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    }

    private func append(_ level: String, _ message: String) {
        guard let path else { return }
        let time = Timestamp(seconds: Timestamp(nanoseconds: Clock.realtime()).seconds).rfc3339
        let line =
            switch format {
            case .json:
                "{\"level\":\"\(level)\",\"msg\":\(JSONText.quoted(message)),\"time\":\"\(time)\"}\n"
            case .text: "time=\"\(time)\" level=\(level) msg=\(JSONText.quoted(message))\n"
            }
        // A log that cannot be written must not hide what is said on standard error.
        guard let file = try? OwnedDescriptor.open(path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o644) else { return }
        try? file.writeAll(Array(line.utf8))
    }
}
