import Glibc

/// Finds the lines of a text that match, by letting the pattern run over many lines at once.
///
/// Lines end with newlines. A pattern never matches across two of them. How much is given to it at once follows the time
/// that it takes, so that a slow pattern can be cancelled between two lines.
public struct LineScanner: ~Copyable {
    private static let longestSlice = 1 << 20
    private static let shortestSlice = 4 << 10

    private var matcher: Matcher
    private let needsSingleLines: Bool
    private var sliceLength = 16 << 10
    /// Lines that were passed over because the pattern tried too much on them.
    public private(set) var exhaustedLines = 0

    /// Makes a scanner.
    public init(_ expression: RegularExpression) {
        matcher = Matcher(expression)
        needsSingleLines = expression.needsSingleLines
    }

    /// Hands over the matching lines of `text` in order, without their newlines, until `found` answers `false`.
    ///
    /// - Returns: `false` when it was cancelled.
    public mutating func scan(
        _ text: UnsafeRawBufferPointer, isCancelled: () -> Bool, found: (Range<Int>) -> Bool
    ) -> Bool {
        scanMatches(text, isCancelled: isCancelled) { line, _ in found(line) }
    }

    /// As `scan`, with the first match in each line.
    public mutating func scanMatches(
        _ text: UnsafeRawBufferPointer, isCancelled: () -> Bool,
        found: (_ line: Range<Int>, _ match: Range<Int>) -> Bool
    ) -> Bool {
        var position = 0
        while position < text.count {
            if isCancelled() { return false }
            let goal = position + sliceLength
            let end = goal >= text.count ? text.count : Self.lineEnd(text, from: goal, to: text.count) + 1
            let began = ContinuousClock.now
            let wantsMore = slice(text, from: position, to: min(end, text.count), isCancelled: isCancelled, found)
            if !wantsMore { return true }
            adapt(began.duration(to: .now))
            position = end
        }
        return true
    }

    /// Whether a line matches; a line that costs too much does not.
    public mutating func matches(_ line: UnsafeRawBufferPointer) -> Bool { match(in: line) != nil }

    private mutating func match(in line: UnsafeRawBufferPointer) -> Range<Int>? {
        let before = matcher.exhausted
        let match = matcher.firstMatch(in: line, from: 0)
        if matcher.exhausted != before { exhaustedLines += 1 }
        return match
    }

    private mutating func adapt(_ duration: Duration) {
        if duration > .milliseconds(20) {
            sliceLength = max(Self.shortestSlice, sliceLength / 4)
        } else if duration < .milliseconds(4) {
            sliceLength = min(Self.longestSlice, sliceLength * 2)
        }
    }

    private mutating func slice(
        _ text: UnsafeRawBufferPointer, from start: Int, to end: Int, isCancelled: () -> Bool,
        _ found: (Range<Int>, Range<Int>) -> Bool
    ) -> Bool {
        if needsSingleLines { return singly(text, from: start, to: end, isCancelled, found) }
        let block = UnsafeRawBufferPointer(rebasing: text[start..<end])
        var position = 0
        while position < block.count {
            let before = matcher.exhausted
            guard let match = matcher.firstMatch(in: block, from: position) else {
                if matcher.exhausted == before { return true }
                return singly(text, from: start + position, to: end, isCancelled, found)
            }
            // Behind the last newline there is no line.
            guard match.lowerBound < block.count || block[block.count - 1] != 0x0a else { return true }
            let lineStart = startOfLine(in: block, before: match.lowerBound, from: position)
            let lineEnd = Self.lineEnd(block, from: match.lowerBound, to: block.count)
            // What reaches over the line's end may match within it, too, or not.
            let line = lineStart..<lineEnd
            let own = match.upperBound <= lineEnd ? match : self.match(in: block, line)
            if let own, !found(line.moved(start), own.moved(start)) { return false }
            position = lineEnd + 1
        }
        return true
    }

    private mutating func singly(
        _ text: UnsafeRawBufferPointer, from start: Int, to end: Int, _ isCancelled: () -> Bool,
        _ found: (Range<Int>, Range<Int>) -> Bool
    ) -> Bool {
        var position = start
        var count = 0
        while position < end {
            let lineEnd = Self.lineEnd(text, from: position, to: end)
            let line = position..<lineEnd
            if let match = match(in: text, line), !found(line, match) { return false }
            position = lineEnd + 1
            count += 1
            if count % 64 == 0, isCancelled() { return true }
        }
        return true
    }

    /// The newline at or behind `start`, or the end.
    public static func lineEnd(_ text: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Int {
        guard start < end, let base = text.baseAddress, let found = memchr(base + start, 0x0a, end - start) else {
            return end
        }
        return UnsafeRawPointer(found) - base
    }

    /// A line's match, counted from where `text` begins.
    private mutating func match(in text: UnsafeRawBufferPointer, _ line: Range<Int>) -> Range<Int>? {
        match(in: UnsafeRawBufferPointer(rebasing: text[line]))?.moved(line.lowerBound)
    }
}

extension Range<Int> {
    fileprivate func moved(_ distance: Int) -> Range<Int> { (lowerBound + distance)..<(upperBound + distance) }
}
