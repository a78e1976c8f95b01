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
    /// The file that lines come from, and its key.
    private var part: (inode: UInt64, key: Int64)?
    /// The line whose pieces are passed over.
    private var skipped: LogPlace?
    private var isSkippedWhole = true

    /// Opens the log at `path` and finds the first wanted line.
    init(path: String, options: LogOptions, isOver: @escaping @Sendable () -> Bool) throws(SystemError) {
        self.options = options
        self.isOver = isOver
        source = try RotatingFileReader(path: path, follow: options.follow)
        if let after = options.after {
            let start = try Self.start(after: after, in: source.files)
            if start.isHere { skipped = after }
            source.begin(file: start.file, offset: start.isHere ? max(0, after.offset) : 0)
        } else if let tail = options.tail {
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
            let lines = try wanted(records)
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

    /// Where the line that begins at `place` is, or where it is gone, what comes next.
    private static func start(
        after place: LogPlace, in files: [RotatedFile]
    ) throws(SystemError) -> (file: Int, isHere: Bool) {
        var key: Int64?
        for (index, file) in files.enumerated() where try file.size() > 0 {
            let own = try LogMap.key(of: file, after: key)
            key = own
            if own >= place.part { return (index, own == place.part) }
        }
        return (max(0, files.count - 1), false)
    }

    /// The key of the file that the last lines came from.
    private func key() throws(SystemError) -> Int64 {
        guard let file = source.files.first else { return 0 }
        if let part, part.inode == file.inode { return part.key }
        let key = try LogMap.key(of: file, after: part?.key)
        part = (file.inode, key)
        return key
    }

    private func wanted(_ records: [ArraySlice<UInt8>]) throws(SystemError) -> [LogLine] {
        guard !records.isEmpty else { return [] }
        let key = try key()
        let starts = source.starts
        var lines: [LogLine] = []
        lines.reserveCapacity(records.count)
        for (index, record) in records.enumerated() {
            guard var line = record.withUnsafeBytes({ parser.parse($0) }) else { continue }
            if let since = options.since, line.time < since { continue }
            if let until = options.until, line.time > until {
                isFinished = true
                break
            }
            if index < starts.count { line.place = LogPlace(part: key, offset: starts[index]) }
            if let last = skipped {
                if let place = line.place, place.part == last.part, place <= last || !isSkippedWhole {
                    isSkippedWhole = !line.isPartial
                    continue
                }
                skipped = nil
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
