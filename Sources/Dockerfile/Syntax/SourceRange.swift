/// A place in a Dockerfile.
public struct SourcePosition: Sendable, Hashable, Comparable {
    /// From 1.
    public var line: Int
    /// From 1, in characters.
    public var column: Int

    /// Makes a position.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// In the order of reading.
    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// A piece of a Dockerfile, from its first character to the one after its last.
public struct SourceRange: Sendable, Hashable {
    /// Its first character.
    public var start: SourcePosition
    /// Behind its last character.
    public var end: SourcePosition

    /// Makes a range.
    public init(start: SourcePosition, end: SourcePosition) {
        self.start = start
        self.end = end
    }

    /// The lines that it touches.
    public var lines: ClosedRange<Int> { start.line...max(start.line, end.line) }
}
