import Engine
import Synchronization

extension DockerEngine: LogReading, LogSearching {
    /// See `LogReading`.
    public func logs(of reference: String, options: LogOptions) async throws -> any LogReader {
        let details = try await inspect(reference)
        var query: DockerCall.Query = [("stdout", "1"), ("stderr", "1"), ("timestamps", "1")]
        query.append(("follow", options.follow ? "1" : "0"))
        query.append(("tail", options.tail.map { "\(max(0, $0))" } ?? "all"))
        let since = [options.since, options.after.map { Timestamp(nanoseconds: $0.part) }].compactMap { $0 }.max()
        if let since { query.append(("since", EventReading.seconds(since))) }
        if let until = options.until { query.append(("until", EventReading.seconds(until))) }
        var call = DockerCall(
            "GET", "/containers/\(DockerCall.part(details.container.id.rawValue))/logs", query,
            purpose: "read the log of container \(reference)")
        call.patience = options.follow ? nil : .seconds(30)
        let stream = try await client.stream(call)
        return DockerLogReader(stream, LogDecoder(isRaw: details.spec.tty, after: options.after))
    }
}

/// A log that comes over a connection.
final class DockerLogReader: LogReader {
    private let stream: DockerStream
    private let decoder: Mutex<LogDecoder>
    private let isOver = Atomic(false)

    init(_ stream: DockerStream, _ decoder: LogDecoder) {
        self.stream = stream
        self.decoder = Mutex(decoder)
    }

    func next() async throws -> [LogLine]? {
        while !isOver.load(ordering: .relaxed) {
            guard let bytes = try await stream.next() else {
                isOver.store(true, ordering: .relaxed)
                let rest = decoder.withLock { $0.finish() }
                return rest.isEmpty ? nil : rest
            }
            let lines = try decoder.withLock { (decoder) throws(EngineError) in try decoder.take(bytes) }
            if !lines.isEmpty { return lines }
        }
        return nil
    }
}
