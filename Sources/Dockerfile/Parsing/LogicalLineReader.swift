/// Joins a file's lines to instructions.
struct LogicalLineReader {
    let source: SourceText
    let escape: UInt8
    /// The line that is read next, from 0.
    private(set) var next: Int

    init(source: SourceText, escape: UInt8, from line: Int = 0) {
        self.source = source
        self.escape = escape
        next = line
    }

    /// The next instruction with the comments above it; `nil` at the end.
    mutating func read() -> LogicalLine? {
        var comments: [String] = []
        while next < source.lines.count {
            let content = source.content(next)
            let trimmed = content.drop { $0.isBlank }
            guard let first = trimmed.first else {
                comments = []
                next += 1
                continue
            }
            if first == .hash {
                let comment = trimmed.dropFirst().trimmed.text
                // An empty comment separates, as an empty line does.
                if comment.isEmpty { comments = [] } else { comments.append(comment) }
                next += 1
                continue
            }
            var line = LogicalLine(firstLine: next, lastLine: next, comments: comments)
            comments = []
            join(&line)
            if line.bytes.contains(where: { !$0.isBlank }) { return line }
        }
        return nil
    }

    /// Takes a line and those that continue it. Comments and empty lines among them are left out.
    private mutating func join(_ line: inout LogicalLine) {
        var goesOn = true
        while goesOn, next < source.lines.count {
            let content = source.content(next)
            let trimmed = content.drop { $0.isBlank }
            let isFirst = next == line.firstLine
            line.lastLine = next
            next += 1
            if !isFirst, trimmed.isEmpty || trimmed.first == .hash {
                if trimmed.isEmpty { line.hasEmptyLine = true }
                continue
            }
            let kept = isFirst ? trimmed : content
            let continued = withoutContinuation(kept)
            goesOn = continued != nil
            let part = continued ?? kept
            line.pieces.append(
                LogicalLine.Piece(
                    offset: line.bytes.count, line: line.lastLine, column: part.startIndex - content.startIndex))
            line.bytes += part
        }
    }

    /// The line without the escape character that ends it; `nil` when none does. An escaped one does not.
    private func withoutContinuation(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var rest = line
        while let last = rest.last, last == .space || last == .tab { rest = rest.dropLast() }
        guard rest.last == escape else { return nil }
        rest = rest.dropLast()
        return rest.last == escape ? nil : rest
    }

    /// Takes the lines of a here-document, up to and with the one that ends it; `nil` when none does.
    mutating func readBody(of mark: HereDocumentMark) -> [UInt8]? {
        let end = Array(mark.name.utf8)
        let start = next
        while next < source.lines.count {
            var content = source.content(next)
            if mark.dropsTabs { content = content.drop { $0 == .tab } }
            next += 1
            guard content.elementsEqual(end) else { continue }
            let first = source.lines[start].lowerBound
            return Array(source.bytes[first..<source.lines[next - 1].lowerBound])
        }
        return nil
    }
}
