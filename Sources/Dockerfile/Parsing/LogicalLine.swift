/// An instruction's lines, joined to one.
struct LogicalLine {
    /// A part of the joined text and where it comes from.
    struct Piece {
        /// Where it begins in the joined text.
        let offset: Int
        /// Its line, from 0.
        let line: Int
        /// The byte of that line that it begins with.
        let column: Int
    }

    /// The text, blanks at its start left out.
    var bytes: [UInt8] = []
    var pieces: [Piece] = []
    /// From 0.
    let firstLine: Int
    /// From 0; here-documents are in it.
    var lastLine: Int
    /// An empty line stands among its lines.
    var hasEmptyLine = false
    /// The comments right above it, without `#` and the blanks around.
    var comments: [String] = []

    /// The place of a part of the text, or of all lines.
    func range(of offsets: Range<Int>?, in source: SourceText) -> SourceRange {
        let first = offsets?.lowerBound ?? 0
        let start = position(of: first, in: source)
        guard let offsets else {
            let end = SourcePosition(line: lastLine + 1, column: source.content(lastLine).text.count + 1)
            return SourceRange(start: start, end: max(start, end))
        }
        // Counted from the last byte, so that a piece that ends a line does not end in the next.
        var end = position(of: max(first, offsets.upperBound - 1), in: source)
        if offsets.upperBound > first { end.column += 1 }
        return SourceRange(start: start, end: max(start, end))
    }

    private func position(of offset: Int, in source: SourceText) -> SourcePosition {
        guard let piece = pieces.last(where: { $0.offset <= offset }) ?? pieces.first else {
            return SourcePosition(line: firstLine + 1, column: 1)
        }
        let before = source.content(piece.line).prefix(piece.column + max(0, offset - piece.offset))
        return SourcePosition(line: piece.line + 1, column: before.text.count + 1)
    }
}
