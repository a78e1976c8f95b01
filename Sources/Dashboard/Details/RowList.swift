import Terminal

/// Rows with a cursor, a scrollbar and places to press: what lists without a header are made of.
struct RowList {
    let pane: Pane
    let count: Int
    let index: Int
    let scroll: Int
    let isFocused: Bool

    /// Draws the rows in view; `row` tells what stands in one that has so much room.
    func draw(
        in rect: Rect, _ frame: inout Frame, _ look: Look, row: (_ place: Int, _ width: Int) -> [Span]
    ) {
        let needsBar = count > rect.height && rect.width > 10
        let inner = needsBar ? rect.splitRight(1).rest : rect
        let top = ScrollMath.clamp(scroll, height: rect.height, count: count)
        for place in top..<max(top, min(count, top + rect.height)) {
            let line = Rect(x: inner.x, y: inner.y + place - top, width: inner.width, height: 1)
            draw(place, row(place, inner.width - 1), in: line, &frame, look)
        }
        if needsBar {
            Scrollbar(offset: top, visible: rect.height, count: count).draw(
                on: &frame.canvas, in: rect.splitRight(1).right, look: look)
        }
    }

    private func draw(_ place: Int, _ spans: [Span], in row: Rect, _ frame: inout Frame, _ look: Look) {
        let isSelected = place == index
        let selection = look[.selection]
        frame.hit(row, .spot(pane, .place(place)))
        if isSelected {
            if isFocused { frame.canvas.tint(row, selection.background) }
            let style = isFocused ? look[.accent].on(selection.background) : look[.muted]
            frame.canvas.set(look.glyphs.pointer, at: row.origin, style: style)
        }
        frame.canvas.put(
            spans, at: Point(x: row.x + 1, y: row.y), maxWidth: row.width - 1, ellipsis: look.glyphs.ellipsis)
        if isSelected, isFocused {
            frame.canvas.restyle(row) { $0.attributes.formUnion(selection.attributes) }
        }
    }

    /// The mark before what can be folded.
    static func foldSign(_ isOpen: Bool, _ look: Look) -> String {
        look.glyphs.isASCII ? (isOpen ? "-" : "+") : (isOpen ? "▾" : "▸")
    }

    /// A text in a column of so many places.
    static func cell(_ text: String, _ width: Int, trailing: Bool = false) -> String {
        let shown = SafeText.string(text)
        let room = SafeText.width(shown)
        if room <= width {
            let gap = String(repeating: " ", count: width - room)
            return trailing ? gap + shown : shown + gap
        }
        var cut = ""
        var used = 0
        for character in shown {
            let size = SafeText.width(String(character))
            if used + size > width - 1 { break }
            cut.append(character)
            used += size
        }
        return cut + String(repeating: " ", count: max(0, width - 1 - used)) + "~"
    }

    /// A line of text with what is searched in it marked.
    static func marking(_ needle: String, in text: String, _ style: Style, _ look: Look) -> [Span] {
        guard !needle.isEmpty else { return [Span(text, style)] }
        var spans: [Span] = []
        var rest = SafeText.string(text)[...]
        while let found = rest.lowercased().firstRange(of: needle) {
            // Lower case may have other lengths; then nothing is marked rather than the wrong thing.
            let lower = rest.lowercased()
            guard lower.count == rest.count else { break }
            let start = rest.index(
                rest.startIndex, offsetBy: lower.distance(from: lower.startIndex, to: found.lowerBound))
            let end = rest.index(start, offsetBy: needle.count)
            if start > rest.startIndex { spans.append(Span(String(rest[..<start]), style)) }
            spans.append(Span(String(rest[start..<end]), look[.match]))
            rest = rest[end...]
        }
        if !rest.isEmpty { spans.append(Span(String(rest), style)) }
        return spans
    }
}

extension StringProtocol {
    /// Where a text stands in it first.
    fileprivate func firstRange(of needle: String) -> Range<String.Index>? {
        guard !needle.isEmpty else { return nil }
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
            start = index(after: start)
        }
        return nil
    }
}
