/// A pattern that lines of a log have, or do not have. It looks at what is visible of a line: escape sequences do not count.
public struct LogCondition: Sendable {
    /// The text that is looked for, or the regular expression.
    public var pattern: String
    /// The pattern is a regular expression, in Perl's language.
    public var isExpression: Bool
    /// Letters match whatever their case is.
    public var ignoresCase: Bool
    /// The lines without the pattern are meant.
    public var isInverted: Bool
    /// Whether a line has the pattern: for engines that have no faster way to search.
    public var isIn: @Sendable ([UInt8]) -> Bool

    /// Makes a condition.
    public init(
        pattern: String, isExpression: Bool, ignoresCase: Bool, isInverted: Bool,
        isIn: @escaping @Sendable ([UInt8]) -> Bool
    ) {
        self.pattern = pattern
        self.isExpression = isExpression
        self.ignoresCase = ignoresCase
        self.isInverted = isInverted
        self.isIn = isIn
    }

    /// Whether a line is meant.
    public func holds(for line: [UInt8]) -> Bool { isIn(line) != isInverted }
}
