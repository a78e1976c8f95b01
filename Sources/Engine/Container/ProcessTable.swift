/// The processes of a container as `ps` would list them on the host.
public struct ProcessTable: Sendable, Hashable, Codable {
    /// Column titles, in `ps` style.
    public var titles: [String]
    /// A row a process, a cell a title.
    public var rows: [[String]]

    /// Makes a table; every row has as many cells as there are titles.
    public init(titles: [String], rows: [[String]]) {
        self.titles = titles
        self.rows = rows
    }
}
