import Engine
import Search

/// Which lines of a chunk are meant; one for each thread that looks.
final class ChunkSearch {
    let chunk = LogChunk()
    private let selection: LogSelection
    private let expressions: [Expression]
    private var scanner: LineScanner?
    /// Finds lines that may match, in records as they are on disk.
    private var needle: LineScanner?
    private var hasNeedle = false
    private var others: [LineMatcher] = []

    /// A compiled condition.
    struct Expression: Sendable {
        let expression: RegularExpression
        let isInverted: Bool

        init(_ condition: LogCondition) throws {
            do {
                expression =
                    try condition.isExpression
                    ? RegularExpression(condition.pattern, ignoringCase: condition.ignoresCase)
                    : RegularExpression(literal: condition.pattern, ignoringCase: condition.ignoresCase)
            } catch {
                throw EngineError(.invalidArgument, "\"\(condition.pattern)\" is no pattern: \(error)")
            }
            isInverted = condition.isInverted
        }
    }

    private final class LineMatcher {
        var scanner: LineScanner
        let isInverted: Bool

        init(_ expression: Expression) {
            scanner = LineScanner(expression.expression)
            isInverted = expression.isInverted
        }
    }

    init(_ selection: LogSelection, _ expressions: [Expression]) {
        self.selection = selection
        // The one that is wanted goes first, for it finds lines; the others only throw them out.
        self.expressions = expressions.filter { !$0.isInverted } + expressions.filter(\.isInverted)
        if let first = self.expressions.first {
            scanner = LineScanner(first.expression)
            if let text = first.expression.requiredText, !Self.isInHeaders(text),
                let literal = try? RegularExpression(literal: text, ignoringCase: first.expression.ignoresCase)
            {
                needle = LineScanner(literal)
                hasNeedle = true
            }
        }
        others = self.expressions.dropFirst().map(LineMatcher.init)
    }

    /// A text that could stand in the time and stream of every record helps nothing.
    private static func isInHeaders(_ text: String) -> Bool {
        let bytes = Set("0123456789-:.TZ stdouterrFPtz".utf8)
        return text.utf8.allSatisfy(bytes.contains)
    }

    /// Lines on which a pattern was given up.
    var exhausted: Int { (scanner?.exhaustedLines ?? 0) + others.reduce(0) { $0 + $1.scanner.exhaustedLines } }

    /// Hands over where the chunk's lines that are meant begin, in order, until `found` answers `false`; itself `false` when
    /// it was cancelled.
    func lines(isCancelled: () -> Bool, _ found: (Int) -> Bool) -> Bool {
        guard let first = expressions.first else {
            let framing = chunk.framed()
            for row in 0..<framing.rowCount {
                let position = framing.position(of: row)
                if isInTime(position), !found(position) { break }
            }
            return true
        }
        if first.isInverted { return linesWithout(isCancelled: isCancelled, found) }
        if hasNeedle, let records = chunk.plainRecords() { return candidates(records, isCancelled, found) }
        let framing = chunk.framed()
        var next = 0
        return scan(framing.text, isCancelled) { line in
            next = framing.row(at: line.lowerBound, from: next)
            let position = framing.position(of: next)
            return isMeant(framing.text(of: next), position) ? found(position) : true
        }
    }

    /// Where records stand on disk as they are read, a text that every match has is looked for among them as they are.
    private func candidates(
        _ records: (bytes: UnsafeRawBufferPointer, start: Int), _ isCancelled: () -> Bool, _ found: (Int) -> Bool
    ) -> Bool {
        needle?.scan(records.bytes, isCancelled: isCancelled) { range in
            let record = UnsafeRawBufferPointer(rebasing: records.bytes[range])
            guard let header = CRIRecordParser.quickHeader(record) else { return true }
            var text = UnsafeRawBufferPointer(rebasing: record[header.content...])
            if text.last == 0x0d { text = UnsafeRawBufferPointer(rebasing: text.dropLast()) }
            // The needle may have been found in the record's time.
            guard scanner?.matches(text) == true else { return true }
            let position = records.start + range.lowerBound
            return isMeant(text, position) ? found(position) : true
        } ?? true
    }

    private func linesWithout(isCancelled: () -> Bool, _ found: (Int) -> Bool) -> Bool {
        let framing = chunk.framed()
        var next = 0
        var wantsMore = true
        func pass(upTo end: Int) {
            while wantsMore, next < end {
                let position = framing.position(of: next)
                if isMeant(framing.text(of: next), position) { wantsMore = found(position) }
                next += 1
            }
        }
        let isWhole = scan(framing.text, isCancelled) { line in
            let row = framing.row(at: line.lowerBound, from: next)
            pass(upTo: row)
            next = row + 1
            return wantsMore
        }
        if isWhole { pass(upTo: framing.rowCount) }
        return isWhole
    }

    private func scan(
        _ text: UnsafeRawBufferPointer, _ isCancelled: () -> Bool, _ found: (Range<Int>) -> Bool
    ) -> Bool {
        scanner?.scan(text, isCancelled: isCancelled, found: found) ?? true
    }

    private func isMeant(_ text: UnsafeRawBufferPointer, _ position: Int) -> Bool {
        for other in others where other.scanner.matches(text) == other.isInverted { return false }
        return isInTime(position)
    }

    private func isInTime(_ position: Int) -> Bool {
        guard selection.since != nil || selection.until != nil else { return true }
        guard let time = chunk.time(at: position) else { return false }
        if let since = selection.since, time < since { return false }
        if let until = selection.until, time > until { return false }
        return true
    }
}
