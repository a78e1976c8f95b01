import Engine

extension LogLibrary {
    /// Follows all logs, each behind what is known of it: a place, else its last line among `lines`, else from a moment on.
    func follow(
        behind places: [LogPlace?], _ lines: [LogWindow.Line], since: Timestamp?,
        _ post: @escaping LogPost
    ) async throws {
        let selection = try query.selection()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, source) in query.sources.enumerated() {
                let place =
                    (places.indices.contains(index) ? places[index] : nil)
                    ?? lines.last { $0.source == index }?.place
                let start = place == nil ? since ?? lines.last?.time : nil
                group.addTask { try await follow(source, index, behind: place, start, selection, post) }
            }
            try await group.waitForAll()
        }
    }

    private func follow(
        _ source: LogSource, _ index: Int, behind place: LogPlace?, _ since: Timestamp?, _ selection: LogSelection,
        _ post: @escaping LogPost
    ) async throws {
        // Engines that know no places begin at the moment, and repeat what is known of it.
        var options = LogOptions(
            follow: true, since: since ?? place.map { Timestamp(nanoseconds: $0.part) }, after: place)
        if let place, place.part == 0 { options.since = nil }
        let reader = try await engine.logs(of: source.id.rawValue, options: options)
        var joiner = LineJoiner()
        var numbers = LiveNumbers(last: place)
        while !Task.isCancelled, let pieces = try await reader.next() {
            guard !Task.isCancelled else { return }
            let lines = pieces.flatMap { joiner.take($0) }.compactMap { numbers.placed($0) }
                .filter { selection.holds(for: $0) }.map { LogWindow.Line($0, source: index) }
            guard !lines.isEmpty else { continue }
            post(.live(lines))
            // A chatterbox is read in gulps, so that it cannot keep the screen busy.
            try? await Task.sleep(for: .milliseconds(25))
        }
        if !Task.isCancelled { post(.ended(source: index)) }
    }
}

/// Gives lines of engines that know no places theirs: the moment, and the number within it.
struct LiveNumbers {
    private let start: LogPlace?
    private var last: LogPlace?

    /// `last` is the place of the last line that is known.
    init(last: LogPlace?) { start = last }

    /// The line with its place; `nil` when it is known already.
    mutating func placed(_ line: LogLine) -> LogLine? {
        guard line.place == nil else { return line }
        let time = line.time.nanoseconds
        let place = LogPlace(part: time, offset: last?.part == time ? (last?.offset ?? 0) + 1 : 0)
        last = place
        if let start, place <= start { return nil }
        var line = line
        line.place = place
        return line
    }
}
