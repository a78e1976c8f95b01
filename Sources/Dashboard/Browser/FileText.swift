import Terminal

/// A stretch of a file as lines: however large the file is, only what is around the screen is in memory.
///
/// A line begins behind a line feed; in a stretch without any for too long, at every multiple of `longest`.
struct FileText: Sendable, Hashable {
    /// Bytes after which a line is broken that has no end.
    static let longest: Int64 = 16 << 10
    /// No file is larger than a quarter of what a number holds: sums of places stay numbers.
    static let furthest = Int64.max / 4

    /// Where `bytes` begin in the file.
    private(set) var offset: Int64 = 0
    private(set) var bytes: [UInt8] = []
    /// The whole file's.
    private(set) var size: Int64 = 0

    init() {}

    init(bytes: [UInt8], offset: Int64, size: Int64) {
        self.bytes = bytes
        self.offset = min(max(0, offset), Self.furthest)
        self.size = max(min(size, Self.furthest), self.offset + Int64(bytes.count))
    }

    var end: Int64 { offset + Int64(bytes.count) }

    /// All that is needed to show `count` bytes from `start` on, and to step back from there, is here.
    func covers(_ start: Int64, count: Int64) -> Bool {
        offset <= max(0, start - Self.longest) && end >= min(size, start + count)
    }

    /// The file begins with what no text has.
    var looksBinary: Bool {
        let head = bytes.prefix(4096)
        guard !head.isEmpty else { return false }
        if head.contains(0) { return true }
        let strange = head.reduce(0) { $0 + ($1 < 0x20 && ![0x09, 0x0A, 0x0D, 0x0C, 0x1B].contains($1) ? 1 : 0) }
        return strange * 10 > head.count
    }

    private func byte(_ place: Int64) -> UInt8? {
        let index = place - offset
        return index >= 0 && index < Int64(bytes.count) ? bytes[Int(index)] : nil
    }

    private func isLineStart(_ place: Int64) -> Bool {
        if place <= 0 { return true }
        if byte(place - 1) == 0x0A { return true }
        guard place % Self.longest == 0 else { return false }
        var before = place - 1
        while before >= max(0, place - Self.longest) {
            guard let byte = byte(before) else { return true }
            if byte == 0x0A { return false }
            before -= 1
        }
        return true
    }

    /// The beginning of the line that a byte is in.
    func lineStart(at place: Int64) -> Int64 {
        var place = min(max(0, place), size)
        while place > offset, !isLineStart(place) { place -= 1 }
        return place
    }

    /// The beginning of the next line; the file's end behind the last one.
    func nextLine(after start: Int64) -> Int64 {
        var place = start
        while place < end {
            place += 1
            if isLineStart(place) { return place }
        }
        return place
    }

    /// The line that begins at `start`, without its end.
    func line(at start: Int64) -> ArraySlice<UInt8> {
        let first = min(max(0, start - offset), Int64(bytes.count))
        let last = min(max(first, nextLine(after: start) - offset), Int64(bytes.count))
        var line = bytes[Int(first)..<Int(last)]
        if line.last == 0x0A { line.removeLast() }
        if line.last == 0x0D { line.removeLast() }
        return line
    }

    /// Where a place on the screen is: a line, and which of the rows that wrapping makes of it.
    struct Anchor: Sendable, Hashable {
        var line: Int64 = 0
        var row = 0
    }

    /// One row of the screen.
    struct Row: Sendable, Hashable {
        var anchor: Anchor
        var text: String
    }

    /// The rows that a line takes with so many columns; without wrapping one.
    private func pieces(of start: Int64, width: Int, wraps: Bool) -> [String] {
        let glyphs = SafeText.glyphs(SafeText.string(line(at: start)))
        guard wraps, width > 0 else { return [SafeText.string(glyphs[...])] }
        var pieces: [String] = []
        var first = glyphs.startIndex
        var used = 0
        for place in glyphs.indices {
            if used + glyphs[place].width > width, place > first {
                pieces.append(SafeText.string(glyphs[first..<place]))
                (first, used) = (place, 0)
            }
            used += glyphs[place].width
        }
        pieces.append(SafeText.string(glyphs[first...]))
        return pieces
    }

    /// The rows from an anchor on.
    func rows(from anchor: Anchor, count: Int, width: Int, wraps: Bool) -> [Row] {
        var rows: [Row] = []
        var start = anchor.line
        var skipped = anchor.row
        while rows.count < count, start < size || (start == 0 && size == 0) {
            guard start < end || size == 0 else { break }
            for (index, text) in pieces(of: start, width: width, wraps: wraps).enumerated() where index >= skipped {
                rows.append(Row(anchor: Anchor(line: start, row: index), text: text))
                if rows.count == count { return rows }
            }
            skipped = 0
            let next = nextLine(after: start)
            if next <= start { break }
            start = next
        }
        return rows
    }

    /// The anchor some rows further down (or up); stops at the file's ends and at what is not here.
    func moved(_ anchor: Anchor, by step: Int, width: Int, wraps: Bool) -> Anchor {
        var anchor = anchor
        if step >= 0 {
            let rows = rows(from: anchor, count: step + 1, width: width, wraps: wraps)
            return rows.last?.anchor ?? anchor
        }
        var rest = -step
        while rest > 0 {
            if anchor.row >= rest { return Anchor(line: anchor.line, row: anchor.row - rest) }
            rest -= anchor.row + 1
            guard anchor.line > 0 else { return Anchor(line: 0, row: 0) }
            let before = lineStart(at: anchor.line - 1)
            anchor = Anchor(line: before, row: pieces(of: before, width: width, wraps: wraps).count - 1)
        }
        return anchor
    }

    // MARK: Bytes

    /// Bytes in a row of the hexadecimal view.
    static let hexWidth: Int64 = 16

    /// `00000010  7f 45 4c 46 …  .ELF…`
    func hexRow(at start: Int64) -> String {
        let digits = String(start, radix: 16)
        var text = String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits + " "
        var shown = ""
        for place in start..<start + Self.hexWidth {
            if (place - start) % 8 == 0 { text += " " }
            guard let byte = byte(place) else {
                text += "   "
                continue
            }
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16) + " "
            shown += (0x20..<0x7F).contains(byte) ? String(UnicodeScalar(byte)) : "."
        }
        return text + " " + shown
    }
}
