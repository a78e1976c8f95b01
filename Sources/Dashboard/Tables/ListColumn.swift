import Terminal

/// A column that a table can show: what it says of a row, to the eye, to the order and to the filter.
struct ListColumn<Row: Listed>: Sendable {
    /// The name in the settings.
    var id: String
    /// The header.
    var title: String
    /// In words, for pickers.
    var name: String
    /// What a filter calls it; empty where it cannot be asked for.
    var names: [String]
    var kind: FilterField.Kind
    /// It changes with each round of figures.
    var isFigure = false
    /// Shown unless the person says otherwise.
    var isShown = true
    var room: ColumnRoom
    /// What goes first where there is little room has the highest number.
    var dispensability = 0
    /// There is no such column while no row has anything in it.
    var needsContent = false
    /// Whether the smallest comes first when it is sorted by.
    var rises: Bool
    var alignment: TableColumn.Alignment
    /// What it says, for the filter, and for the order unless `order` is given.
    var value: @Sendable (Row, RowFacts) -> CellValue
    var order: (@Sendable (Row, RowFacts) -> CellValue)?
    /// How long what it says is; only where its width follows its content.
    var length: (@Sendable (Row, RowFacts) -> Int)?
    var cell: @Sendable (Row, CellScene) -> TableRow.Content

    /// A column; text rises and stands at the left, figures fall and stand at the right.
    init(
        _ id: String, _ title: String, _ name: String, names: [String] = [], _ kind: FilterField.Kind,
        _ room: ColumnRoom,
        value: @escaping @Sendable (Row, RowFacts) -> CellValue,
        cell: @escaping @Sendable (Row, CellScene) -> TableRow.Content
    ) {
        self.id = id
        self.title = title
        self.name = name
        self.names = names.isEmpty ? [id.lowercased()] : names
        self.kind = kind
        self.room = room
        rises = kind == .text
        alignment = kind == .text ? .leading : .trailing
        self.value = value
        self.cell = cell
    }

    /// Rows change places with the figures when they are sorted by it.
    var movesRows: Bool { isFigure && order == nil }

    /// A copy with some of it changed.
    func with(_ change: (inout ListColumn) -> Void) -> ListColumn {
        var copy = self
        change(&copy)
        return copy
    }

    /// One that is there when somebody asks for it.
    var hidden: ListColumn { with { $0.isShown = false } }

    func dispensable(_ number: Int) -> ListColumn { with { $0.dispensability = number } }

    /// As a filter knows it; a graph has nothing to ask for.
    var field: FilterField? {
        names.first == "-"
            ? nil : FilterField(column: id, names: names, kind: kind, title: name, isFigure: isFigure)
    }

    /// A column of one label, which a person has asked for.
    static func label(_ key: String) -> ListColumn {
        @Sendable func text(_ row: Row) -> String { row.labels[key] ?? "" }
        return ListColumn(
            "label:\(key)", key.uppercased(), "Label \(key)", .text, ColumnRoom(8, most: 24, flex: 1),
            value: { row, _ in row.labels[key].map(CellValue.text) ?? .nothing },
            cell: { row, scene in .text(scene.found(text(row), .muted)) }
        ).with {
            $0.dispensability = 1
            $0.length = { row, _ in text(row).utf8.count }
        }
    }

    /// Whose it is, where there are several engines.
    static var engine: ListColumn<Row> {
        ListColumn(
            "engine", "ENGINE", "Engine", .text, ColumnRoom(6, most: 14),
            value: { row, _ in row.engine.map(CellValue.text) ?? .nothing },
            cell: { row, scene in .text(scene.found(row.engine ?? "", .secondary)) }
        ).with {
            $0.needsContent = true
            $0.dispensability = 3
            $0.length = { row, _ in row.engine?.utf8.count ?? 0 }
        }
    }

    /// As the table draws it, with what its content is long and the person has chosen.
    ///
    /// - Parameters:
    ///   - isRoomy: content can claim what it needs, not only ask for it.
    func tableColumn(length: Int?, width: Int?, isWide: Bool, isRoomy: Bool = true) -> TableColumn {
        if let width { return TableColumn(id, title: words(for: title), minimum: width, alignment: alignment) }
        let wanted = max(room.least, length ?? room.most)
        let least = isRoomy ? min(max(room.least, length ?? room.least), max(room.firm, room.least)) : room.least
        let ideal = min(max(wanted, least), max(room.most, least))
        return TableColumn(
            id, title: words(for: title), minimum: isWide ? ideal : least, ideal: ideal, flex: room.flex,
            alignment: alignment,
            dispensability: dispensability)
    }
}
