/// Rows in a table's order, without a copy of them.
struct ListedRows<Row: Listed>: RandomAccessCollection, Sendable {
    let all: [Row]
    let order: [Int]

    var startIndex: Int { 0 }
    var endIndex: Int { order.count }
    subscript(position: Int) -> Row { all[order[position]] }
}
