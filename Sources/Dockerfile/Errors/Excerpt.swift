import Engine

/// Lines of a file, to be shown beside what is said of them.
enum Excerpt {
    /// Lines shown before and behind.
    private static let around = 2
    /// Of a longer place only its first lines are shown.
    private static let limit = 12

    /// A place's lines and some around them.
    static func lines(of range: SourceRange, in texts: [String]) -> [BuildWarning.ExcerptLine] {
        let marked = range.lines.lowerBound...min(range.lines.upperBound, range.lines.lowerBound + limit - 1)
        let first = max(1, marked.lowerBound - around)
        let last = min(texts.count, marked.upperBound + around)
        guard first <= last else { return [] }
        return (first...last).map { number in
            BuildWarning.ExcerptLine(
                number: number, text: shown(texts[number - 1]), isMarked: marked.contains(number))
        }
    }

    /// A line as it may be shown: not endless.
    private static func shown(_ text: String) -> String {
        let limit = 300
        let start = text.unicodeScalars.prefix(limit + 1)
        guard start.count > limit else { return text }
        var shown = String.UnicodeScalarView()
        shown.append(contentsOf: start.prefix(limit))
        return String(shown) + "…"
    }
}
