import Engine
import LinuxSystem

/// Reads events from the event file, from a moment on, and waits for further ones.
actor FileEventReader: EventReader {
    private let since: Timestamp?
    private let until: Timestamp?
    private var source: RotatingFileReader
    private var isFinished = false

    /// - Parameters:
    ///   - since: the first moment; `nil` is now.
    ///   - until: the last one; `nil`: without end.
    init(path: String, since: Timestamp?, until: Timestamp?) throws(SystemError) {
        self.since = since
        self.until = until
        source = try RotatingFileReader(path: path, follow: true)
        if since == nil, let newest = source.files.indices.last {
            source.begin(file: newest, offset: try source.files[newest].size())
        }
    }

    /// The next events, at least one; `nil` after the last.
    func next() async throws -> [Event]? {
        while !isFinished {
            try Task.checkCancellation()
            // Asked before reading, so that what happened up to `until` is read.
            let left = until.map { $0.since(Timestamp(nanoseconds: Clock.realtime())) }
            let lines = try source.next()
            let events = wanted(lines)
            if !events.isEmpty { return events }
            if !lines.isEmpty { continue }
            if let left, left <= .zero { break }
            try await source.wait(min(left ?? .seconds(3600), .seconds(3600)))
        }
        isFinished = true
        return nil
    }

    private func wanted(_ lines: [ArraySlice<UInt8>]) -> [Event] {
        lines.compactMap { line in
            guard let event = EventLine.event(line) else { return nil }
            if let since, event.time < since { return nil }
            if let until, event.time > until { return nil }
            return event
        }
    }
}
