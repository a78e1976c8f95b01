import Runtime
import Engine
import LinuxSystem

extension LocalEngine {
    /// Opens a container's log. See `LogReading`.
    public func logs(of reference: String, options: LogOptions) async throws -> any LogReader {
        let record = try records.find(reference)
        let id = record.id
        return try inWords("read the log of container \(record.name)") { () throws(SystemError) in
            try FileLogReader(path: paths(id).log, options: options) { [self] in
                status(id)?.hasMonitor != true
            }
        }
    }
}
