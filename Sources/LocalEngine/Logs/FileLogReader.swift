import Engine
import LinuxSystem

/// Reads a container's log from its files, some lines at a time, and follows it across rotations.
actor FileLogReader: LogReader {
    /// A killed monitor leaves no trace in its directory, so its end is looked for this often.
    private static let longestWait = Duration.seconds(1)

    private let options: LogOptions
    /// Whether nothing more will be written.
    private let isOver: @Sendable () -> Bool
    private var source: RotatingFileReader
    private var parser = CRIRecordParser()
    private var isFinished = false

    /// Opens the log at `path` and finds the first wanted line.
    init(path: String, options: LogOptions, isOver: @escaping @Sendable () -> Bool) throws(SystemError) {
        self.options = options
        self.isOver = isOver
        source = try RotatingFileReader(path: path, follow: options.follow)
        if let tail = options.tail {
            let place = try TailFinder.start(of: tail, in: source.files)
            source.begin(file: place.file, offset: place.offset)
        } else if let since = options.since {
            // A file is of no interest when the next one begins before the wanted time.
            var first = 0
            while first + 1 < source.files.count, let time = try firstTime(source.files[first + 1]), time <= since {
                first += 1
            }
            source.begin(file: first, offset: 0)
        }
    }

    /// The next lines; `nil` at the end.
    func next() async throws -> [LogLine]? {
        while !isFinished {
            try Task.checkCancellation()
            // Asked before reading: what was written before the end is then read before the end is believed.
            let isOver = options.follow && isOver()
            let records = try source.next()
            let lines = wanted(records)
            if !lines.isEmpty { return lines }
            if !records.isEmpty { continue }
            guard options.follow, !isOver else { break }
            try await waitForMore()
        }
        isFinished = true
        return nil
    }

    private func waitForMore() async throws {
        guard let until = options.until else { return try await source.wait(Self.longestWait) }
        let left = until.since(Timestamp(nanoseconds: Clock.realtime()))
        if left <= .zero { isFinished = true } else { try await source.wait(min(Self.longestWait, left)) }
    }

    private func wanted(_ records: [ArraySlice<UInt8>]) -> [LogLine] {
        var lines: [LogLine] = []
        lines.reserveCapacity(records.count)
        for record in records {
            guard let line = record.withUnsafeBytes({ parser.parse($0) }) else { continue }
            if let since = options.since, line.time < since { continue }
            if let until = options.until, line.time > until {
                isFinished = true
                break
            }
            lines.append(line)
        }
        return lines
    }
}

private func firstTime(_ file: RotatedFile) throws(SystemError) -> Timestamp? {
    var parser = CRIRecordParser()
    let bytes = try file.read(at: 0, count: CRIRecordParser.longestHeader)
    return bytes.withUnsafeBytes { parser.parseTime($0) }
}
