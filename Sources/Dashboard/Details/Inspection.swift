import Engine
import Terminal

/// A document that somebody looks at: as a tree that folds, as YAML or as JSON.
struct Inspection: Sendable {
    enum Look: Sendable, Hashable {
        case tree, yaml, json

        var format: DocumentWriter.Format? {
            switch self {
            case .tree: nil
            case .yaml: .yaml
            case .json: .json
            }
        }
    }

    private(set) var rows = DocumentRows()
    private(set) var look = Look.tree
    private(set) var lines: [DocumentWriter.Line] = []
    private(set) var index = 0
    private(set) var scroll = 0
    private(set) var needle = ""
    var column = 0

    var document: Document? { rows.document }

    /// Another state of what is looked at, or another thing.
    mutating func replace(_ document: Document?) {
        guard document != rows.document else { return }
        rows.replace(document)
        write()
    }

    mutating func show(_ other: Look) {
        let path = selectedPath
        look = other
        column = 0
        write()
        guard let path else { return }
        if other == .tree {
            rows.reveal(path)
        } else if let place = lines.firstIndex(where: { $0.path == path }) {
            index = place
        }
    }

    private mutating func write() {
        if let document, let format = look.format {
            lines = DocumentWriter.lines(document, as: format)
        } else {
            lines = []
        }
        index = min(index, max(0, lines.count - 1))
    }

    var selectedPath: [Document.Step]? {
        look == .tree ? rows.selected?.path : lines.indices.contains(index) ? lines[index].path : nil
    }

    /// The value under the cursor as it is copied: a string alone, or what holds others as it is shown.
    var selectedValue: String? {
        guard let path = selectedPath, let value = document?[path] else { return nil }
        return value.scalarText ?? DocumentWriter.text(value, as: look.format ?? .json)
    }

    // MARK: Moving

    mutating func move(_ step: Int) {
        if look == .tree { return rows.move(step) }
        select(ScrollMath.moved(index, by: step))
    }

    mutating func select(_ wanted: Int) {
        if look == .tree { return rows.select(wanted) }
        index = min(max(0, wanted), max(0, lines.count - 1))
    }

    mutating func keepVisible(_ height: Int) {
        rows.keepVisible(height)
        scroll = ScrollMath.keeping(index, in: height, of: lines.count, scroll: scroll)
    }

    mutating func sideways(_ step: Int) {
        if look == .tree {
            if step > 0 { rows.unfold() } else { rows.fold() }
        } else {
            column = min(max(0, column + step), 10_000)
        }
    }

    mutating func toggle() { if look == .tree { rows.toggle() } }

    mutating func toggleAll() { if look == .tree { rows.toggleAll() } }

    // MARK: Searching

    /// Goes to the first match from the cursor on; answers whether there is one.
    mutating func search(_ text: String) -> Bool {
        needle = text.lowercased()
        if look == .tree { return rows.search(text) }
        _ = rows.search("")
        return find(1, includingPresent: true)
    }

    mutating func find(_ direction: Int, includingPresent: Bool = false) -> Bool {
        guard !needle.isEmpty else { return true }
        if look == .tree {
            if rows.needle != needle { return rows.search(needle) }
            return rows.find(direction)
        }
        guard !lines.isEmpty else { return false }
        for step in (includingPresent ? 0 : 1)...lines.count {
            let place = ((index + direction * step) % lines.count + lines.count) % lines.count
            if lines[place].text.lowercased().contains(needle) {
                index = place
                return true
            }
        }
        return false
    }

    var matchCount: Int {
        guard !needle.isEmpty else { return 0 }
        if look == .tree { return rows.matchCount }
        return lines.reduce(0) { $0 + ($1.text.lowercased().contains(needle) ? 1 : 0) }
    }

    // MARK: The picture

    /// Draws it into `rect`; `pane` gets what is pressed.
    // Where it is inlined, Swift 6.3's optimiser ends a borrow of `self` too early and gives up the whole build.
    @inline(never)
    func draw(in rect: Rect, pane: Pane, isFocused: Bool, _ frame: inout Frame, _ look: Terminal.Look) {
        if self.look == .tree {
            let shown = rows.rows
            RowList(pane: pane, count: shown.count, index: rows.index, scroll: rows.scroll, isFocused: isFocused)
                .draw(in: rect, &frame, look) { place, _ in Self.spans(shown[place], rows, needle, look) }
        } else {
            RowList(pane: pane, count: lines.count, index: index, scroll: scroll, isFocused: isFocused)
                .draw(in: rect, &frame, look) { place, _ in spans(lines[place], look) }
        }
    }

    private static func spans(
        _ row: DocumentRows.Row, _ rows: DocumentRows, _ needle: String, _ look: Terminal.Look
    ) -> [Span] {
        // However deep, there is room for what it says.
        let indent = String(repeating: " ", count: min(row.depth, 20) * 2)
        let sign = row.isBranch ? RowList.foldSign(rows.isOpen(row), look) : " "
        var spans = [Span(indent), Span(sign + " ", look[.secondary])]
        spans += RowList.marking(needle, in: row.label, look[row.isList || row.isBranch ? .accent : .secondary], look)
        if row.isBranch {
            let phrases = Format.count(row.count, row.isList ? "item" : "field")
            spans.append(Span("  \(phrases)", look[.faint]))
        } else {
            spans.append(Span(": ", look[.faint]))
            let value = row.value ?? ""
            spans += value.isEmpty ? [Span("-", look[.faint])] : RowList.marking(needle, in: value, look[.text], look)
        }
        return spans
    }

    private func spans(_ line: DocumentWriter.Line, _ look: Terminal.Look) -> [Span] {
        var spans = line.parts.flatMap { part -> [Span] in
            let style: Style
            switch part.kind {
            case .mark: style = look[.faint]
            case .key: style = look[.secondary]
            case .text: style = look[.text]
            case .figure: style = look[.tertiary]
            }
            return RowList.marking(needle, in: part.text, style, look)
        }
        var rest = column
        while rest > 0, let first = spans.first {
            if first.text.count <= rest {
                rest -= first.text.count
                spans.removeFirst()
            } else {
                spans[0].text = String(first.text.dropFirst(rest))
                rest = 0
            }
        }
        return spans
    }
}
