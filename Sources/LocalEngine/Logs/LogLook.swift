import Engine
import LinuxSystem

/// Reads pages of a log's files and counts in them; blocking, to be run on a thread of its own.
struct LogLook {
    let map: LogMap
    let selection: LogSelection
    private let expressions: [ChunkSearch.Expression]

    init(path: String, selection: LogSelection) throws {
        expressions = try selection.conditions.map(ChunkSearch.Expression.init)
        map = try LogMap(path: path)
        self.selection = selection
    }

    /// A page. See `LogSearching`.
    func page(_ request: LogPageRequest, isCancelled: @escaping @Sendable () -> Bool, progress: LogProgress?) throws
        -> LogPage
    {
        let isBackward = request.cursor.isBackward
        let bounds = try Bounds(request.cursor, map)
        var chunks = try self.chunks()
        chunks = chunks.clamped(to: bounds.chunks)
        var kept: [LogLine] = []
        var bytes = 0
        var isFull = false
        let walk = ChunkWalk(
            map: map, chunks: chunks, isBackward: isBackward, isCancelled: isCancelled, progress: progress)
        // One more than asked for tells whether there is more.
        let wanted = request.count + 1
        try walk.go({ ChunkSearch(selection, expressions) }) { search, _ in
            try lines(search, bounds, wanted, isBackward: isBackward, isCancelled)
        } found: { _, lines in
            for line in isBackward ? lines.reversed() : lines {
                guard kept.count < request.count, bytes < request.bytes else {
                    isFull = true
                    return false
                }
                kept.append(line)
                bytes += line.bytes.count
            }
            return true
        }
        return LogPage(lines: isBackward ? kept.reversed() : kept, isLast: !isFull)
    }

    /// A count. See `LogSearching`.
    func count(
        from place: LogPlace?, upTo end: LogPlace?, isCancelled: @escaping @Sendable () -> Bool, progress: LogProgress?
    ) throws -> LogTally {
        var tally = LogTally()
        var chunks = try self.chunks()
        let first = place.map { map.chunk(of: $0) } ?? 0
        let last = end.map { map.chunk(of: $0) + 1 } ?? map.chunkCount
        chunks = chunks.clamped(to: first..<max(first, last))
        let walk = ChunkWalk(map: map, chunks: chunks, isBackward: false, isCancelled: isCancelled, progress: progress)
        try walk.go({ ChunkSearch(selection, expressions) }) { search, _ in
            let before = search.exhausted
            var count = 0
            let isWhole = search.lines(isCancelled: isCancelled) { position in
                if place != nil || end != nil {
                    let own = search.chunk.place(at: position)
                    if let end, own >= end { return false }
                    if let place, own < place { return true }
                }
                count += 1
                return true
            }
            guard isWhole else { throw CancellationError() }
            return (count, search.exhausted - before)
        } found: { _, answer in
            tally.matches += answer.0
            tally.exhausted += answer.1
            return true
        }
        tally.fraction = 1
        return tally
    }

    /// The chunks that hold lines of the selection's time.
    private func chunks() throws -> Range<Int> {
        let first = try selection.since.map { try map.firstChunk(from: $0) } ?? 0
        let last = try selection.until.map { try map.endChunk(upTo: $0) } ?? map.chunkCount
        return first..<max(first, last)
    }

    private func lines(
        _ search: ChunkSearch, _ bounds: Bounds, _ wanted: Int, isBackward: Bool, _ isCancelled: () -> Bool
    ) throws -> [LogLine] {
        var positions: [Int] = []
        let isWhole = search.lines(isCancelled: isCancelled) { position in
            guard bounds.contains(search.chunk, position) else { return true }
            positions.append(position)
            return isBackward || positions.count < wanted
        }
        guard isWhole else { throw CancellationError() }
        return (isBackward ? positions.suffix(wanted) : positions.prefix(wanted)).compactMap {
            search.chunk.line(at: $0)
        }
    }

    /// Where a cursor lets lines be.
    private struct Bounds {
        let chunks: Range<Int>
        let cursor: LogPageRequest.Cursor

        init(_ cursor: LogPageRequest.Cursor, _ map: LogMap) throws {
            self.cursor = cursor
            let all = map.chunkCount
            switch cursor {
            case .end, .beginning: chunks = 0..<all
            case .before(let place): chunks = 0..<min(all, map.chunk(of: place) + 1)
            case .after(let place): chunks = min(all, map.chunk(of: place))..<all
            case .earlier(let time): chunks = 0..<(try map.endChunk(upTo: time))
            case .from(let time): chunks = min(all, try map.firstChunk(from: time))..<all
            }
        }

        func contains(_ chunk: LogChunk, _ position: Int) -> Bool {
            switch cursor {
            case .end, .beginning: true
            case .before(let place): chunk.place(at: position) < place
            case .after(let place): chunk.place(at: position) > place
            case .earlier(let time): chunk.time(at: position).map { $0 < time } ?? false
            case .from(let time): chunk.time(at: position).map { $0 >= time } ?? false
            }
        }
    }
}
