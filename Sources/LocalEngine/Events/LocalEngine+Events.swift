import Engine
import LinuxSystem

extension LocalEngine {
    /// Events from a moment on. See `EventStreaming`.
    public func events(since: Timestamp?, until: Timestamp?) async throws -> any EventReader {
        try inWords("read events in \(configuration.root)") { () throws(SystemError) in
            try Files.makeDirectories(configuration.root, mode: 0o711)
            return try FileEventReader(path: eventFile.path, since: since, until: until)
        }
    }
}
