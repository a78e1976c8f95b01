/// The columns of a kind of rows, found by their names.
struct ColumnSet<Row: Listed>: Sendable {
    /// In the order from left to right.
    let list: [ListColumn<Row>]
    /// What a filter can ask for.
    let fields: [FilterField]
    private let byID: [String: ListColumn<Row>]

    init(_ list: [ListColumn<Row>]) {
        self.list = list
        fields = list.compactMap(\.field)
        byID = Dictionary(list.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(id: String) -> ListColumn<Row>? { byID[id] }
}
