import Engine
import Terminal

/// A file of a container that is looked at: a window on it, as text or as bytes.
struct FileViewer: Sendable {
    let path: ContainerPath
    private(set) var text = FileText()
    private(set) var isLoaded = false
    var failure: EngineError?
    var isHex = false
    var wraps = true
    var column = 0
    private(set) var anchor = FileText.Anchor()
    /// The first row of the view of bytes.
    private(set) var hexTop: Int64 = 0
    /// What is asked for and has not come.
    var awaited: Range<Int64>?
    /// Where the next stretch is to put the view.
    private var goal: Goal?
    var needle = ""
    var isSearching = false
    var searched: Int64 = 0

    /// Bytes that are read at once: many screens, whatever the file's size.
    static let stretch = 256 << 10

    private enum Goal: Sendable {
        case end
        case place(Int64)
    }

    init(_ path: ContainerPath) { self.path = path }

    var size: Int64 { text.size }

    /// How far down the view is, in per cent.
    func percent(height: Int) -> Int {
        guard size > 0 else { return 100 }
        let top = isHex ? hexTop + FileText.hexWidth * Int64(height) : anchor.line
        return Int(min(100, max(0, Double(top) / Double(size) * 100)))
    }

    /// A stretch has come.
    mutating func take(_ stretch: FileStretch, width: Int, height: Int) {
        let isFirst = !isLoaded
        text = FileText(bytes: stretch.bytes, offset: stretch.offset, size: stretch.version.size)
        isLoaded = true
        failure = nil
        awaited = nil
        if isFirst { isHex = text.looksBinary }
        switch goal {
        case .end: showEnd(width: width, height: height)
        case .place(let place): show(place)
        case nil: break
        }
        goal = nil
    }

    /// What is missing for the view as it is; `nil` when all is here, or on its way.
    func missing(height: Int, width: Int) -> Range<Int64>? {
        guard awaited == nil, failure == nil else { return nil }
        if !isLoaded { return 0..<Int64(Self.stretch) }
        let place: Int64
        switch goal {
        case .end: place = size
        case .place(let wanted): place = wanted
        case nil: place = isHex ? hexTop : anchor.line
        }
        let screen = Int64(isHex ? height * Int(FileText.hexWidth) : height * max(width, 80) * 2)
        let isHere = text.covers(place, count: goal == nil ? screen : min(screen, max(0, size - place)))
        if isHere { return nil }
        let first = max(0, place - Int64(Self.stretch / 2))
        return first..<first + Int64(Self.stretch)
    }

    // MARK: Moving

    mutating func move(_ step: Int, width: Int, height: Int) {
        if isHex {
            let last = max(
                0, (size - 1) / FileText.hexWidth * FileText.hexWidth - FileText.hexWidth * Int64(height - 1))
            let (sum, overflow) = hexTop.addingReportingOverflow(
                Int64(step).multipliedReportingOverflow(by: 16).partialValue)
            hexTop = overflow ? (step > 0 ? last : 0) : min(max(0, sum), max(0, last))
            return
        }
        let columns = max(1, width)
        let moved = text.moved(anchor, by: step, width: columns, wraps: wraps)
        // Not further than the last screenful.
        if step > 0, text.end >= size {
            let rows = text.rows(from: moved, count: height, width: columns, wraps: wraps)
            if rows.count < height { return showEnd(width: width, height: height) }
        }
        anchor = moved
    }

    mutating func toBeginning() {
        (anchor, hexTop) = (FileText.Anchor(), 0)
        goal = text.offset > 0 ? .place(0) : nil
    }

    mutating func toEnd(width: Int, height: Int) {
        if text.end >= size { showEnd(width: width, height: height) } else { goal = .end }
    }

    private mutating func showEnd(width: Int, height: Int) {
        hexTop = max(0, (size - 1) / FileText.hexWidth * FileText.hexWidth - FileText.hexWidth * Int64(height - 1))
        let last = FileText.Anchor(line: text.lineStart(at: max(0, size - 1)), row: 0)
        let rows = text.rows(from: last, count: 1 << 16, width: max(1, width), wraps: wraps)
        anchor = text.moved(
            rows.last?.anchor ?? last, by: -(max(1, height) - 1), width: max(1, width), wraps: wraps)
    }

    /// Puts a byte on the first row.
    mutating func go(to wanted: Int64) {
        let place = min(max(0, wanted), FileText.furthest)
        if text.covers(place, count: 1) { show(place) } else { goal = .place(place) }
    }

    private mutating func show(_ place: Int64) {
        anchor = FileText.Anchor(line: text.lineStart(at: place), row: 0)
        hexTop = max(0, place / FileText.hexWidth * FileText.hexWidth)
    }

    mutating func toggleHex() {
        let place = isHex ? hexTop : anchor.line
        isHex.toggle()
        go(to: place)
    }

    mutating func toggleWrap() {
        wraps.toggle()
        column = 0
        anchor.row = 0
    }

    /// Where a search goes on from.
    func searchStart(_ direction: Int) -> Int64 {
        let place = isHex ? hexTop : anchor.line
        return direction > 0 ? min(size, isHex ? place + FileText.hexWidth : text.nextLine(after: place)) : place
    }

    // MARK: The picture

    func draw(in rect: Rect, _ frame: inout Frame, _ look: Look) {
        if isHex {
            for line in 0..<rect.height {
                let start = hexTop + Int64(line) * FileText.hexWidth
                guard start < size else { break }
                let row = text.hexRow(at: start)
                let head = row.prefix { $0 != " " }
                frame.canvas.put(
                    [Span(String(head), look[.timestamp]), Span(String(row.dropFirst(head.count)), look[.text])],
                    at: Point(x: rect.x + 1, y: rect.y + line), maxWidth: rect.width - 2)
            }
            return
        }
        let rows = text.rows(from: anchor, count: rect.height, width: max(1, rect.width - 2), wraps: wraps)
        frame.canvas.clipped(to: Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: rect.height)) { canvas in
            for (line, row) in rows.enumerated() {
                canvas.put(
                    RowList.marking(needle.lowercased(), in: row.text, look[.text], look),
                    at: Point(x: rect.x + 1 - (wraps ? 0 : column), y: rect.y + line))
            }
        }
    }
}
