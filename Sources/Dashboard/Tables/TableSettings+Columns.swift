/// The columns of a table as a person has chosen them.
extension TableSettings {
    /// One column, also such as show a label.
    func column<Row: Listed>(_ id: String) -> ListColumn<Row>? {
        Row.columns[id] ?? (id.hasPrefix("label:") ? .label(String(id.dropFirst(6))) : nil)
    }

    /// Every column in its order, and whether it is shown. The first one is always the first and always shown: it says
    /// what a row is.
    func allColumns<Row: Listed>(of: Row.Type) -> [(column: ListColumn<Row>, isShown: Bool, width: Int?)] {
        var found: [(column: ListColumn<Row>, isShown: Bool, width: Int?)] = []
        let first = Row.columns.list.first?.id
        for choice in choices {
            guard let column: ListColumn<Row> = column(choice.column) else { continue }
            found.append((column, choice.isShown || column.id == first, choice.width))
        }
        // One that nobody has put anywhere stands behind the one that it follows by itself.
        for (index, column) in Row.columns.list.enumerated() where !found.contains(where: { $0.column.id == column.id })
        {
            let before = index == 0 ? nil : Row.columns.list[index - 1].id
            let place = found.firstIndex { $0.column.id == before }.map { $0 + 1 } ?? 0
            found.insert((column, column.isShown || column.id == first, nil), at: place)
        }
        if let place = found.firstIndex(where: { $0.column.id == first }), place > 0 {
            found.insert(found.remove(at: place), at: 0)
        }
        return found
    }

    /// Those on the screen: in wide mode all that there are, and where rows are grouped what they are grouped by.
    func shownColumns<Row: Listed>(of: Row.Type) -> [ListColumn<Row>] {
        allColumns(of: Row.self).filter { isWide || $0.isShown || isGrouped && $0.column.id == "project" }
            .map(\.column)
    }

    func width(of id: String) -> Int? { choices.first { $0.column == id }?.width }

    /// Writes every column down as it is now, so that one of them can be changed.
    mutating func fix<Row: Listed>(for: Row.Type) {
        choices = allColumns(of: Row.self).map {
            Choice(column: $0.column.id, isShown: $0.isShown, width: $0.width)
        }
    }

    mutating func resize<Row: Listed>(_ id: String, to width: Int?, for: Row.Type) {
        fix(for: Row.self)
        guard let place = choices.firstIndex(where: { $0.column == id }) else { return }
        choices[place].width = width.map { min(max($0, Self.widths.lowerBound), Self.widths.upperBound) }
    }

    /// Where everything was by itself again; the order of the rows stays.
    mutating func reset() {
        choices = []
        isWide = false
    }
}
