import Engine
import Terminal

/// Draws lines of a log: times, colours, matches, wrapped or cut.
struct LogPainter {
    var search: LogSearch?
    /// The first cell of lines that are cut.
    var column = 0
    /// Times stand before the lines.
    var showsTime = false
    var utcOffset: Int64 = 0
    let geometry: LogGeometry
    let look: Look

    mutating func draw(
        _ lines: [LogWindow.Line], from start: LogGeometry.Position, on canvas: inout Canvas, in rect: Rect
    ) {
        var y = rect.y
        var index = start.line
        var skipped = start.row
        while y < rect.bottom, lines.indices.contains(index) {
            y = draw(lines[index], index, skipping: skipped, on: &canvas, in: rect, y: y)
            skipped = 0
            index += 1
        }
    }

    /// Draws one line from `y` on; returns the first row below it.
    private func draw(
        _ line: LogWindow.Line, _ index: Int, skipping: Int, on canvas: inout Canvas, in rect: Rect, y: Int
    ) -> Int {
        var y = y
        let textX = rect.x + 1 + (showsTime ? LogGeometry.timeWidth : 0)
        if showsTime, skipping == 0 {
            canvas.put(time(line), at: Point(x: rect.x + 1, y: y), style: look[.timestamp])
        }
        let glyphs = highlighted(
            LogText.glyphs(line.bytes, plain: look[line.stream == .stderr ? .stderr : .text]),
            isCurrent: search?.line == index)
        let rows: [Range<Int>]
        if geometry.wraps {
            rows = LogText.rows(glyphs, width: geometry.width)
        } else {
            rows = [LogText.range(glyphs, from: column, width: geometry.width)]
        }
        for row in rows.dropFirst(skipping) {
            guard y < rect.bottom else { break }
            put(glyphs[row], at: Point(x: textX, y: y), on: &canvas)
            y += 1
        }
        return y
    }

    private func time(_ line: LogWindow.Line) -> String {
        let nanoseconds = line.time.nanoseconds % 1_000_000_000
        let milliseconds = String((nanoseconds < 0 ? nanoseconds + 1_000_000_000 : nanoseconds) / 1_000_000)
        let padding = String(repeating: "0", count: max(0, 3 - milliseconds.utf8.count))
        return Format.clock(line.time, offset: utcOffset) + "." + padding + milliseconds
    }

    private func put(_ glyphs: ArraySlice<LogText.Styled>, at point: Point, on canvas: inout Canvas) {
        var x = point.x
        var text = String.UnicodeScalarView()
        var style = Style.plain
        func flush(_ canvas: inout Canvas) {
            guard !text.isEmpty else { return }
            x += canvas.put(String(text), at: Point(x: x, y: point.y), style: style)
            text = String.UnicodeScalarView()
        }
        for item in glyphs {
            if item.style != style {
                flush(&canvas)
                style = item.style
            }
            text.append(item.glyph.base)
            if let mark = item.glyph.firstMark { text.append(mark) }
            if let mark = item.glyph.secondMark { text.append(mark) }
        }
        flush(&canvas)
    }

    private func highlighted(_ glyphs: [LogText.Styled], isCurrent: Bool) -> [LogText.Styled] {
        guard let search, !search.text.isEmpty else { return glyphs }
        var glyphs = glyphs
        func fold(_ scalar: Unicode.Scalar) -> UInt32 {
            search.ignoresCase && scalar.value >= 0x41 && scalar.value <= 0x5a ? scalar.value | 0x20 : scalar.value
        }
        let needle = search.text.unicodeScalars.map(fold)
        let hay = glyphs.map { fold($0.glyph.base) }
        guard hay.count >= needle.count else { return glyphs }
        var style = look[.match]
        if style == .plain { style = Style(.default, on: .inherit, .reverse) }
        if isCurrent { style.attributes.insert(.underline) }
        var start = 0
        while start <= hay.count - needle.count {
            if hay[start] == needle[0], hay[start..<(start + needle.count)].elementsEqual(needle) {
                for place in start..<(start + needle.count) { glyphs[place].style = style }
                start += needle.count
            } else {
                start += 1
            }
        }
        return glyphs
    }
}
