/// What is wrong in a theme file, and where.
public struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file's name, as it was given.
    public let file: String
    /// Line and column, counted from 1.
    public let line: Int, column: Int
    /// What was found and what was expected.
    public let message: String

    /// `FILE:LINE:COLUMN: MESSAGE`.
    public var description: String { "\(file):\(line):\(column): \(message)" }
}
