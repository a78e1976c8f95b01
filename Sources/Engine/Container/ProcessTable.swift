/// The processes of a container as `ps` would list them on the host.
public struct ProcessTable: Sendable, Hashable, Codable {
    public var titles: [String]
    public var rows: [[String]]

    /// Makes a table; every row has as many cells as there are titles.
    public init(titles: [String], rows: [[String]]) {
        self.titles = titles
        self.rows = rows
    }
}
