import Terminal

/// What a cell is drawn from beside its row.
struct CellScene: Sendable {
    let state: DashboardState
    let facts: RowFacts
    let look: Look
    let filter: RowFilter
    /// The column that is drawn, and its width.
    var column = ""
    var width = 0

    /// Text in a role's style; what the filter has found in it is lit.
    func found(_ text: String, _ role: Role) -> [Span] { found(text, look[role]) }

    func found(_ text: String, _ style: Style) -> [Span] {
        guard !filter.isEmpty else { return [Span(text, style)] }
        let places = filter.places(in: text, column: column)
        guard !places.isEmpty else { return [Span(text, style)] }
        let lit = look[.accent].with([.bold, .underline])
        var spans: [Span] = []
        for (place, character) in text.enumerated() {
            let style = places.contains(place) ? lit : style
            if spans.last?.style == style {
                spans[spans.count - 1].text.append(character)
            } else {
                spans.append(Span(String(character), style))
            }
        }
        return spans
    }

    func text(_ text: String, _ role: Role) -> TableRow.Content { .text(found(text, role)) }

    /// A figure; the filter lights nothing in it.
    func figure(_ text: String, _ role: Role) -> TableRow.Content { .text(text, look[role]) }

    /// Where nothing is to say.
    var nothing: TableRow.Content { .text(look.glyphs.isASCII ? "-" : "–", look[.faint]) }

    func rate(_ value: Double?) -> TableRow.Content {
        guard let value else { return nothing }
        return figure(Format.rate(value), value >= 0.5 ? .text : .faint)
    }
}
