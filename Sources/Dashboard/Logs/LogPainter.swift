import Engine
import Search
import Terminal

/// Draws lines of logs: names, times, colours, matches, wrapped or cut, with what is unfolded beneath them.
struct LogPainter {
    let geometry: LogGeometry
    let look: Look
    var time = LogTime(mode: .off, offset: 0, now: Timestamp(nanoseconds: 0))
    var highlighter: LogHighlighter?
    /// What stands before the lines of each log.
    var names: [String] = []
    /// The first cell of lines that are cut.
    var column = 0
    /// What is searched, and the line of the present match.
    var expression: RegularExpression?
    var hit: Int?
    /// The lines that are chosen.
    var selection: ClosedRange<Int>?

    init(geometry: LogGeometry, look: Look) {
        self.geometry = geometry
        self.look = look
    }

    init(_ logs: LogState, time: LogTime, geometry: LogGeometry, look: Look) {
        self.init(geometry: geometry, look: look)
        self.time = time
        names = logs.query.sources.map(\.name)
        column = logs.column
        expression = logs.search?.expression
        hit = logs.search?.hit.flatMap { logs.window.index(of: $0) }
        guard let cursor = logs.cursorIndex else { return }
        let anchor = logs.anchor.flatMap { logs.window.index(of: $0) } ?? cursor
        selection = min(cursor, anchor)...max(cursor, anchor)
    }

    /// Draws what has room from `start` on; answers which line stands in which row.
    func draw(
        _ lines: [LogWindow.Line], from start: LogGeometry.Position, on canvas: inout Canvas, in rect: Rect
    ) -> [(y: Int, line: Int)] {
        var places: [(y: Int, line: Int)] = []
        var y = rect.y
        var index = start.line
        var skipped = start.row
        while y < rect.bottom, lines.indices.contains(index) {
            var rows = self.rows(lines[index], index).dropFirst(skipped)
            while y < rect.bottom, let row = rows.popFirst() {
                if selection?.contains(index) == true {
                    canvas.fill(Rect(x: rect.x, y: y, width: rect.width, height: 1), style: look[.selection])
                }
                draw(row, on: &canvas, in: rect, y: y, isSelected: selection?.contains(index) == true)
                places.append((y, index))
                y += 1
            }
            skipped = 0
            index += 1
        }
        return places
    }

    /// A row on the screen: what stands before the text, and the text.
    private struct Row {
        var head: [Span] = []
        var text: ArraySlice<LogText.Styled> = []
        var isMark = false
    }

    private func rows(_ line: LogWindow.Line, _ index: Int) -> [Row] {
        let plain = look[line.stream == .stderr ? .stderr : .text]
        var glyphs: [LogText.Styled]
        if let columns = geometry.columns, let own = columns.glyphs(line.bytes, look) {
            glyphs = own
        } else {
            glyphs = LogText.glyphs(line.bytes, plain: plain)
            highlighter?.apply(to: &glyphs, plain: plain, look)
        }
        showMatches(in: &glyphs, isCurrent: hit == index)
        var rows: [Row]
        if geometry.wraps {
            rows = LogText.rows(glyphs, width: geometry.width).map { Row(text: glyphs[$0]) }
        } else {
            rows = [Row(text: glyphs[LogText.range(glyphs, from: column, width: geometry.width)])]
        }
        rows[0].head = head(line)
        for row in geometry.unfolded[line.key] ?? [] {
            let own = LogTree.glyphs(row, look)
            rows.append(Row(text: own[LogText.range(own, from: geometry.wraps ? 0 : column, width: geometry.width)]))
        }
        if geometry.marks.contains(line.key) { rows.append(Row(isMark: true)) }
        return rows
    }

    private func head(_ line: LogWindow.Line) -> [Span] {
        var head: [Span] = []
        if geometry.timeWidth > 0 { head.append(Span(time.text(line.time) + " ", look[.timestamp])) }
        if geometry.nameWidth > 0, names.indices.contains(line.source) {
            let name = Self.fitted(names[line.source], geometry.nameWidth - 1)
            head.append(Span(name + " ", look[Self.role(of: line.source)]))
        }
        return head
    }

    /// Each log its colour; after so many they begin again.
    static func role(of source: Int) -> Role {
        let roles: [Role] = [.secondary, .tertiary, .ok, .accent, .info, .warning, .whale, .created, .restarting]
        return roles[source % roles.count]
    }

    private static func fitted(_ name: String, _ width: Int) -> String {
        var text = ""
        var used = 0
        for character in SafeText.string(name) {
            let own = SafeText.width(String(character))
            guard used + own <= width else { break }
            text.append(character)
            used += own
        }
        return text + String(repeating: " ", count: width - used)
    }

    private func draw(_ row: Row, on canvas: inout Canvas, in rect: Rect, y: Int, isSelected: Bool) {
        let ground = isSelected ? look[.selection].background : Color.inherit
        if row.isMark {
            let line = String(repeating: look.glyphs.isASCII ? "-" : "─", count: max(0, rect.width - 2))
            canvas.put(line, at: Point(x: rect.x + 1, y: y), style: look[.marked], maxWidth: rect.width - 2)
            return
        }
        let head = row.head.map { Span($0.text, isSelected ? $0.style.on(ground) : $0.style) }
        canvas.put(head, at: Point(x: rect.x + 1, y: y), maxWidth: rect.width - 2)
        let x = rect.x + 1 + geometry.timeWidth + geometry.nameWidth
        put(row.text, at: Point(x: x, y: y), on: &canvas, ground: isSelected ? ground : nil)
    }

    private func put(
        _ glyphs: ArraySlice<LogText.Styled>, at point: Point, on canvas: inout Canvas, ground: Color?
    ) {
        var x = point.x
        var text = String.UnicodeScalarView()
        var style = Style.plain
        func flush(_ canvas: inout Canvas) {
            guard !text.isEmpty else { return }
            x += canvas.put(String(text), at: Point(x: x, y: point.y), style: ground.map { style.on($0) } ?? style)
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

    private func showMatches(in glyphs: inout [LogText.Styled], isCurrent: Bool) {
        guard let expression else { return }
        var style = look[.match]
        if style == .plain { style = Style(.default, on: .inherit, .reverse) }
        if isCurrent { style.attributes.insert(.underline) }
        for range in LogGlyphText(glyphs).ranges(expression) {
            for index in range { glyphs[index].style = style }
        }
    }
}
