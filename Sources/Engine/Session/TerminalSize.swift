/// A terminal's size in character cells.
public struct TerminalSize: Sendable, Hashable, Codable {
    /// Cells in a row.
    public var columns: Int
    /// Rows of cells.
    public var rows: Int

    /// Makes a size.
    public init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }
}
