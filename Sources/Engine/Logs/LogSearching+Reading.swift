/// Engines whose logs can only be read from a moment on: what is wanted is picked out of all that comes. A line's place is
/// its moment and its number among the lines of that moment.
extension LogSearching where Self: LogReading {
    /// A stretch of a log. See `LogSearching`.
    public func logPage(
        of reference: String, _ request: LogPageRequest, progress: LogProgress?
    ) async throws -> LogPage {
        switch request.cursor {
        case .end: return try await backward(reference, request, until: request.selection.until, before: nil)
        case .before(let place):
            return try await backward(reference, request, until: Timestamp(nanoseconds: place.part), before: place)
        case .earlier(let time):
            let place = LogPlace(part: time.nanoseconds, offset: 0)
            return try await backward(reference, request, until: time, before: place)
        case .beginning: return try await forward(reference, request, since: request.selection.since, after: nil)
        case .after(let place):
            return try await forward(reference, request, since: Timestamp(nanoseconds: place.part), after: place)
        case .from(let time): return try await forward(reference, request, since: time, after: nil)
        }
    }

    /// Counts lines. See `LogSearching`.
    public func countLog(
        of reference: String, _ selection: LogSelection, from place: LogPlace?, upTo end: LogPlace?,
        progress: LogProgress?
    ) async throws -> LogTally {
        let since = place.map { Timestamp(nanoseconds: $0.part) } ?? selection.since
        let until = end.map { Timestamp(nanoseconds: $0.part) } ?? selection.until
        let reader = try await logs(of: reference, options: LogOptions(since: since, until: until.map(Self.behind)))
        var numbering = Numbering()
        var tally = LogTally()
        while let pieces = try await reader.next() {
            try Task.checkCancellation()
            for line in numbering.lines(pieces) where selection.holds(for: line) {
                guard let own = line.place else { continue }
                if let place, own < place { continue }
                if let end, own >= end { continue }
                tally.matches += 1
            }
        }
        tally.fraction = 1
        return tally
    }

    /// Some engines leave out the last moment itself.
    private static func behind(_ time: Timestamp) -> Timestamp {
        time.nanoseconds < .max ? Timestamp(nanoseconds: time.nanoseconds + 1) : time
    }

    private func backward(
        _ reference: String, _ request: LogPageRequest, until: Timestamp?, before place: LogPlace?
    ) async throws -> LogPage {
        var options = LogOptions(since: request.selection.since, until: until.map(Self.behind))
        if request.selection.conditions.isEmpty {
            // The end alone is enough when the engine cuts before it counts.
            let tail = request.count * 2 + 200
            options.tail = tail
            let (lines, isWhole) = try await gather(reference, options, request, keep: .max, before: place, tail: tail)
            if isWhole || lines.count > request.count {
                return LogPage(lines: lines.suffix(request.count), isLast: isWhole && lines.count <= request.count)
            }
            options.tail = nil
        }
        let kept = try await gather(reference, options, request, keep: request.count + 1, before: place, tail: nil)
            .lines
        return LogPage(lines: kept.suffix(request.count), isLast: kept.count <= request.count)
    }

    private func gather(
        _ reference: String, _ options: LogOptions, _ request: LogPageRequest, keep: Int, before place: LogPlace?,
        tail: Int?
    ) async throws -> (lines: [LogLine], isWhole: Bool) {
        let reader = try await logs(of: reference, options: options)
        var numbering = Numbering()
        var lines: [LogLine] = []
        var count = 0
        while let pieces = try await reader.next() {
            try Task.checkCancellation()
            count += pieces.count
            for line in numbering.lines(pieces) where request.selection.holds(for: line) {
                if let place, let own = line.place, own >= place { continue }
                lines.append(line)
            }
            if keep < .max, lines.count > 4 * keep { lines.removeFirst(lines.count - keep) }
        }
        let isWhole = tail.map { count < $0 } ?? true
        // Where the first moment was cut through, its lines cannot be numbered.
        if !isWhole, let first = lines.first?.place?.part { lines.removeAll { $0.place?.part == first } }
        return (lines, isWhole)
    }

    private func forward(
        _ reference: String, _ request: LogPageRequest, since: Timestamp?, after place: LogPlace?
    ) async throws -> LogPage {
        let options = LogOptions(since: since, until: request.selection.until.map(Self.behind))
        let reader = try await logs(of: reference, options: options)
        var numbering = Numbering()
        var lines: [LogLine] = []
        var bytes = 0
        while let pieces = try await reader.next() {
            try Task.checkCancellation()
            for line in numbering.lines(pieces) where request.selection.holds(for: line) {
                if let place, let own = line.place, own <= place { continue }
                guard lines.count < request.count, bytes < request.bytes else {
                    return LogPage(lines: lines, isLast: false)
                }
                lines.append(line)
                bytes += line.bytes.count
            }
        }
        return LogPage(lines: lines, isLast: true)
    }
}

/// Gives whole lines their places.
private struct Numbering {
    private var joiner = LineJoiner()
    private var last: LogPlace?

    mutating func lines(_ pieces: [LogLine]) -> [LogLine] {
        pieces.flatMap { joiner.take($0) }.map { line in
            var line = line
            let time = line.time.nanoseconds
            let number = last?.part == time ? (last?.offset ?? 0) + 1 : 0
            let place = line.place ?? LogPlace(part: time, offset: number)
            last = place
            line.place = place
            return line
        }
    }
}
