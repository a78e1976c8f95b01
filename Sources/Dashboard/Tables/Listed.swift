import Engine

/// A row of a table: what it is called, found and grouped by. All else a table knows of it are its columns.
protocol Listed: Identifiable, Hashable, Sendable where ID: Sendable {
    /// All that can be shown, in the order from left to right.
    static var columns: ColumnSet<Self> { get }
    /// The table is in this order at the start.
    static var standardOrder: TableSettings.Order { get }
    /// One of them, in words.
    static var noun: String { get }

    /// Unique among its kind.
    var name: String { get }
    /// As tables and sentences show it.
    var shownName: String { get }
    /// What a filter's plain words are looked for in, the name first.
    var searched: [String] { get }
    var labels: [String: String] { get }
    /// The engine that it belongs to, where there are several.
    var engine: String? { get }
    /// What it belongs to, where rows are grouped.
    var group: String? { get }
    /// It does nothing now and may be hidden: a stopped container, an image that nobody uses.
    func isIdle(_ facts: RowFacts) -> Bool
}

extension Listed {
    var shownName: String { name }

    /// Several of them, in words, in the language in force.
    static var nouns: String { words(for: "\(noun)s") }

    /// Compose writes the project that a thing belongs to into a label.
    var group: String? { labels["com.docker.compose.project"] ?? labels["io.podman.compose.project"] }
}
