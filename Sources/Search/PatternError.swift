/// A pattern that cannot be understood: what is wrong, and where.
public struct PatternError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, in the words of the regular expressions' library: lower case, no full stop.
    public var reason: String
    /// The character at which it is noticed, counted from zero; it may stand right behind the last one.
    public var position: Int

    /// Makes an error.
    public init(reason: String, position: Int) {
        self.reason = reason
        self.position = position
    }

    /// One line for the person who typed it.
    public var description: String { "\(reason), at character \(position + 1)" }
}
