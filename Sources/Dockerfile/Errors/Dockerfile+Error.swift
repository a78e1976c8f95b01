import Engine

extension Dockerfile {
    /// An error at a place of this file, with the lines around it.
    public func error(_ message: String, at range: SourceRange, suggestion: String? = nil) -> DockerfileError {
        DockerfileError(
            message: message, suggestion: suggestion, file: name, range: range,
            excerpt: Excerpt.lines(of: range, in: lines))
    }
}

extension DockerfileError {
    /// The error as every engine tells it; its message is ready to be shown: place, message and suggestion, then the
    /// numbered lines with a caret below the place.
    public var engineError: EngineError { EngineError(.invalidArgument, text) }

    private var text: String {
        // Without lines the error has no place in the file.
        let place = excerpt.isEmpty ? "" : ":\(range.start.line):\(range.start.column)"
        var text = "\(printable(file))\(place): \(message)"
        // Not the error's hint: that would stand behind the last of the lines.
        if let suggestion { text += " (\(suggestion))" }
        let width = String(excerpt.last?.number ?? 0).count
        for line in excerpt {
            let number = String(line.number)
            let padding = String(repeating: " ", count: width - number.count)
            text += "\n\(line.isMarked ? ">" : " ") \(padding)\(number) | \(Self.shown(line.text))"
            guard line.number == range.start.line else { continue }
            text += "\n  \(String(repeating: " ", count: width)) | " + caret(below: line.text)
        }
        return text
    }

    /// Stands below a line and points at the place; tabs stay tabs, so that it stands where it should.
    private func caret(below line: String) -> String {
        var result = ""
        for character in line.prefix(range.start.column - 1) {
            result += character == "\t" ? "\t" : String(repeating: " ", count: Self.shown(String(character)).count)
        }
        result += "^"
        let end = range.end.line == range.start.line ? range.end.column : line.count + 1
        let length = min(end, line.count + 1) - range.start.column
        if length > 1 { result += String(repeating: "~", count: length - 1) }
        return result
    }

    /// A tab may be shown; other control characters would steer the reader's terminal.
    private static func shown(_ text: String) -> String {
        text.split(separator: "\t", omittingEmptySubsequences: false).map { printable($0) }.joined(separator: "\t")
    }
}
