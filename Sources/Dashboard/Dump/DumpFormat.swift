/// In which form the screen or a table is saved.
public enum DumpFormat: String, Sendable, Hashable, CaseIterable {
    /// The screen as a picture that stands alone.
    case svg
    /// The screen as lines of text.
    case text
    /// The focused table, comma separated (RFC 4180).
    case csv

    /// What a file's name ends with.
    var suffix: String { self == .text ? "txt" : rawValue }
}
