extension Canvas {
    /// The text of every row, without trailing blanks.
    public var lines: [String] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size.width * 3)
        return (0..<size.height).map { y in
            bytes.removeAll(keepingCapacity: true)
            for cell in cells[(y * size.width)..<((y + 1) * size.width)] { cell.append(to: &bytes) }
            while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// A run of changed cells in one row.
    public struct Change: Hashable, Sendable {
        /// Where it begins.
        public let start: Point
        /// How many cells it has.
        public let count: Int
    }

    /// What must be drawn to come from `old` to this canvas; everything when the sizes differ or there is no `old`.
    ///
    /// Runs that lie close together are joined: moving the cursor costs more bytes than a few unchanged cells.
    public func changes(since old: Canvas?) -> [Change] {
        guard let old, old.size == size else {
            return (0..<size.height).map { Change(start: Point(x: 0, y: $0), count: size.width) }
        }
        var changes: [Change] = []
        cells.withUnsafeBufferPointer { new in
            old.cells.withUnsafeBufferPointer { old in
                for y in 0..<size.height { Self.changes(row: y, width: size.width, new, old, into: &changes) }
            }
        }
        return changes
    }

    private static func changes(
        row: Int, width: Int, _ new: UnsafeBufferPointer<Cell>, _ old: UnsafeBufferPointer<Cell>,
        into changes: inout [Change]
    ) {
        let base = row * width
        var start = -1
        var last = -1
        for x in 0..<width where new[base + x] != old[base + x] {
            if start >= 0, x - last > 4 {
                changes.append(Change(start: Point(x: start, y: row), count: last - start + 1))
                start = -1
            }
            if start < 0 { start = x > 0 && new[base + x].width == 0 ? x - 1 : x }
            last = x
        }
        if start >= 0 { changes.append(Change(start: Point(x: start, y: row), count: last - start + 1)) }
    }
}
