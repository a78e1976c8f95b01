/// Where a document stops being JSON, and why.
public struct JSONFault: Error, Equatable, CustomStringConvertible {
    /// Counted from 1.
    /// The line, counted from 1.
    public let line: Int
    /// The byte within the line, counted from 1.
    public let column: Int
    /// Why, without a full stop.
    public let reason: String

    /// Place and reason.
    public var description: String { "line \(line), column \(column): \(reason)" }
}
