/// What a column needs and what it would like, in cells.
struct ColumnRoom: Sendable, Hashable {
    var least: Int
    /// Its content can claim so much.
    var firm: Int
    /// Its content can ask for so much.
    var most: Int
    /// Its share of what is left.
    var flex: Int

    init(_ least: Int, firm: Int? = nil, most: Int? = nil, flex: Int = 0) {
        self.least = least
        self.firm = firm ?? least
        self.most = most ?? least
        self.flex = flex
    }
}
