import Search

/// What is searched in lines that are all in memory, and which of them it is.
struct TextSearch: Sendable {
    let text: String
    /// `nil` while the pattern cannot be understood.
    let expression: RegularExpression?
    /// The line of the present match.
    var line: Int?

    init(_ text: String) {
        self.text = text
        expression = try? SearchPattern(text).compiled()
    }

    /// The nearest matching line from `start` on, in `direction`.
    func next(in lines: [LogWindow.Line], from start: Int, direction: Int) -> Int? {
        guard let expression, !text.isEmpty else { return nil }
        var index = start
        while lines.indices.contains(index) {
            if expression.matchesQuickly(LogText.visible(lines[index].bytes)) { return index }
            index += direction
        }
        return nil
    }
}
