/// What a pane lists beside containers and images: how a row is called, found and ordered.
protocol Resource: Identifiable, Hashable, Sendable where ID: Sendable {
    associatedtype Column: ResourceColumn

    /// Unique among its kind.
    var name: String { get }
    /// What a filter looks into.
    var searched: [String] { get }
    var labels: [String: String] { get }
    /// What it is ordered by in a column.
    func key(_ column: Column) -> ResourceKey
}

/// A column of such a pane's table, in the order from left to right.
protocol ResourceColumn: CaseIterable, Hashable, Sendable, RawRepresentable where RawValue == String {
    /// The table is in its order at the start.
    static var standard: Self { get }
    var title: String { get }
    var isNumeric: Bool { get }
}

/// A cell as the order sees it: words rise, figures fall.
enum ResourceKey: Hashable, Sendable {
    case text(String)
    case number(Int64)
}

/// The order of a table.
struct ResourceSort<Column: ResourceColumn>: Hashable, Sendable {
    var column = Column.standard
    var isReversed = false

    /// Asking for the same column again turns the order round.
    mutating func choose(_ other: Column) {
        if column == other { isReversed.toggle() } else { self = ResourceSort(column: other) }
    }

    /// An arrow's direction for the header.
    var isAscending: Bool { column.isNumeric == isReversed }

    /// Sorts; what is equal stays in the order of the names.
    func sorted<Row: Resource>(_ rows: [Row]) -> [Row] where Row.Column == Column {
        let keyed = rows.map { (key: Self.order($0.key(column)), name: NaturalOrder($0.name), row: $0) }
        return keyed.sorted { left, right in
            let (first, second) = isReversed ? (right, left) : (left, right)
            if first.key.number != second.key.number { return first.key.number > second.key.number }
            if first.key.text != second.key.text { return first.key.text < second.key.text }
            return left.name < right.name
        }.map(\.row)
    }

    private static func order(_ key: ResourceKey) -> (number: Int64, text: NaturalOrder) {
        switch key {
        case .text(let text): (0, NaturalOrder(text))
        case .number(let number): (number, NaturalOrder(""))
        }
    }
}
