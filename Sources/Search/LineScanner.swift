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
    public mutating func matches(_ line: UnsafeRawBufferPointer) -> Bool {
        let before = matcher.exhausted
        let isMatch = matcher.firstMatch(in: line, from: 0) != nil
        if matcher.exhausted != before { exhaustedLines += 1 }
        return isMatch
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
        _ found: (Range<Int>) -> Bool
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
            guard match.lowerBound < block.count else { return true }
            let lineStart = Self.lineStart(block, before: match.lowerBound, from: position)
            let lineEnd = Self.lineEnd(block, from: match.lowerBound, to: block.count)
            // What reaches over the line's end may match within it, too, or not.
            let line = lineStart..<lineEnd
            let isMatch = match.upperBound <= lineEnd || matches(UnsafeRawBufferPointer(rebasing: block[line]))
            if isMatch, !found((start + lineStart)..<(start + lineEnd)) { return false }
            position = lineEnd + 1
        }
        return true
    }

    private mutating func singly(
        _ text: UnsafeRawBufferPointer, from start: Int, to end: Int, _ isCancelled: () -> Bool,
        _ found: (Range<Int>) -> Bool
    ) -> Bool {
        var position = start
        var count = 0
        while position < end {
            let lineEnd = Self.lineEnd(text, from: position, to: end)
            let line = position..<lineEnd
            if matches(UnsafeRawBufferPointer(rebasing: text[line])), !found(line) { return false }
            position = lineEnd + 1
            count += 1
            if count % 64 == 0, isCancelled() { return true }
        }
        return true
    }

    /// The newline at or behind `start`, or the end.
    private static func lineEnd(_ text: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Int {
        guard start < end, let base = text.baseAddress, let found = memchr(base + start, 0x0a, end - start) else {
            return end
        }
        return UnsafeRawPointer(found) - base
    }

    /// Behind the last newline before `place`, not before `start`, which is a line's beginning.
    private static func lineStart(_ text: UnsafeRawBufferPointer, before place: Int, from start: Int) -> Int {
        var position = place
        while position > start, text[position - 1] != 0x0a { position -= 1 }
        return position
    }
}
