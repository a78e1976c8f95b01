import Engine
import Search

/// Which lines of a chunk are meant; one for each thread that looks.
final class ChunkSearch {
    let chunk = LogChunk()
    private let selection: LogSelection
    private let expressions: [Expression]
    private var scanner: LineScanner?
    /// Finds texts of which every match has one, in records as they are on disk.
    private let finder: TextFinder?
    /// A place of the finder's is a match.
    private let isExact: Bool
    private let textLength: Int
    /// Where the finder does not find all.
    private let foreignCases: TextFinder?
    /// Looks at records as they are on disk, where what stands before a line does not matter.
    private var recordScanner: LineScanner?
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
        let first = self.expressions.first?.expression
        scanner = first.map(LineScanner.init)
        let texts = first?.requiredTexts ?? []
        finder =
            texts.contains(where: Self.isInHeaders) ? nil : TextFinder(texts, ignoringCase: first?.ignoresCase ?? false)
        isExact = first?.isExactText ?? false
        textLength = texts.first?.count ?? 0
        foreignCases =
            first?.hasForeignCases == true
            ? TextFinder([Array("\u{17f}".utf8), Array("\u{212a}".utf8)], ignoringCase: false) : nil
        if let first, first.isFreeOfPlace { recordScanner = LineScanner(first) }
        others = self.expressions.dropFirst().map(LineMatcher.init)
    }

    /// A text that stands in the time and stream of every record, or could, helps nothing.
    private static func isInHeaders(_ text: [UInt8]) -> Bool {
        if text.allSatisfy(timeBytes.contains) { return true }
        let text = String(decoding: text, as: UTF8.self).lowercased()
        return headers.contains { $0.contains(text) }
    }

    private static let timeBytes = Set("0123456789-:.TZtz ".utf8)
    private static let headers = ["z stdout f ", "z stderr f ", "z stdout p ", "z stderr p "]

    /// Lines on which a pattern was given up.
    var exhausted: Int {
        (scanner?.exhaustedLines ?? 0) + (recordScanner?.exhaustedLines ?? 0)
            + others.reduce(0) { $0 + $1.scanner.exhaustedLines }
    }

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
        if finder != nil || recordScanner != nil, let records = chunk.plainRecords() {
            if let finder, findsAll(records) { return candidates(finder, records, isCancelled, found) }
            if isReadableAsItIs(records) { return inRecords(records, isCancelled, found) }
        }
        let framing = chunk.framed()
        var next = 0
        return scan(framing.text, isCancelled) { line in
            next = framing.row(at: line.lowerBound, from: next)
            let position = framing.position(of: next)
            return isMeant(framing.text(of: next), position) ? found(position) : true
        }
    }

    private func findsAll(_ records: LogChunk.Records) -> Bool {
        guard let foreignCases, records.survey.contains(.beyondASCII) else { return true }
        return foreignCases.first(in: records.bytes, from: 0) == nil
    }

    /// Where records stand on disk as they are read, a text that every match has is looked for among them as they are.
    private func candidates(
        _ finder: TextFinder, _ records: LogChunk.Records, _ isCancelled: () -> Bool, _ found: (Int) -> Bool
    ) -> Bool {
        let bytes = records.bytes
        var position = 0
        var count = 0
        while let place = finder.first(in: bytes, from: position) {
            let start = startOfLine(in: bytes, before: place, from: position)
            let line = start..<LineScanner.lineEnd(bytes, from: place, to: bytes.count)
            position = line.upperBound + 1
            count += 1
            if count % 64 == 0, isCancelled() { return false }
            guard let content = Self.content(of: bytes, line) else { continue }
            // The text may have been found in the record's time.
            let isMatch =
                isExact && place >= content.lowerBound && place + textLength <= content.upperBound
                || scanner?.matches(UnsafeRawBufferPointer(rebasing: bytes[content])) == true
            guard isMatch else { continue }
            let own = records.start + start
            if isMeant(UnsafeRawBufferPointer(rebasing: bytes[content]), own), !found(own) { return true }
        }
        return true
    }

    /// Whether lines may be looked for with their times and streams before them: not where those would match, for then every
    /// line were looked at twice, and not where a carriage return stands before the end.
    private func isReadableAsItIs(_ records: LogChunk.Records) -> Bool {
        guard recordScanner != nil, !records.survey.contains(.returns) else { return false }
        let line = 0..<LineScanner.lineEnd(records.bytes, from: 0, to: records.bytes.count)
        guard let content = Self.content(of: records.bytes, line) else { return false }
        return scanner?.matches(UnsafeRawBufferPointer(rebasing: records.bytes[..<content.lowerBound])) == false
    }

    private func inRecords(
        _ records: LogChunk.Records, _ isCancelled: () -> Bool, _ found: (Int) -> Bool
    ) -> Bool {
        let bytes = records.bytes
        return recordScanner?.scanMatches(bytes, isCancelled: isCancelled) { line, match in
            guard let content = Self.content(of: bytes, line) else { return true }
            let text = UnsafeRawBufferPointer(rebasing: bytes[content])
            // What begins in the record's time may match behind it, too, or not.
            guard match.lowerBound >= content.lowerBound || scanner?.matches(text) == true else { return true }
            let position = records.start + line.lowerBound
            return isMeant(text, position) ? found(position) : true
        } ?? true
    }

    /// Where the text of a record is; `nil` when it is no record.
    private static func content(of bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Range<Int>? {
        let record = UnsafeRawBufferPointer(rebasing: bytes[line])
        guard let header = CRIRecordParser.quickHeader(record) else { return nil }
        let end = header.content < record.count && record.last == 0x0d ? line.upperBound - 1 : line.upperBound
        return (line.lowerBound + header.content)..<end
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
