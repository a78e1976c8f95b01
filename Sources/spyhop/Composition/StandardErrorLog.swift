import Engine
import Glibc
import Logging

/// Writes log entries as sentences on standard error: `spyhop: warning: cannot write an event (cause: …)`.
struct StandardErrorLog: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    init(logLevel: Logger.Level) { self.logLevel = logLevel }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let details = all.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        let line = "spyhop: \(event.level): \(event.message)\(details.isEmpty ? "" : " (\(details))")"
        let bytes = Array((GoText.harmless(line) + "\n").utf8)
        // One write, so that lines of several processes do not mix; there is nobody to tell of a failure.
        _ = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    }
}
