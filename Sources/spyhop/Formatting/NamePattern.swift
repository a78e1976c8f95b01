/// What `--filter name=` accepts: a part of a name, anchored by `^` and `$` where written. Docker's leading
/// slash may be there.
struct NamePattern {
    private let text: Substring
    private let isAnchoredAtStart: Bool
    private let isAnchoredAtEnd: Bool

    init(_ pattern: String) {
        var text = pattern[...]
        isAnchoredAtStart = text.hasPrefix("^")
        if isAnchoredAtStart { text = text.dropFirst() }
        isAnchoredAtEnd = text.hasSuffix("$")
        if isAnchoredAtEnd { text = text.dropLast() }
        if text.hasPrefix("/") { text = text.dropFirst() }
        self.text = text
    }

    /// Whether `name` has the pattern in it.
    func matches(_ name: String) -> Bool {
        switch (isAnchoredAtStart, isAnchoredAtEnd) {
        case (true, true): name == text
        case (true, false): name.hasPrefix(text)
        case (false, true): name.hasSuffix(text)
        case (false, false): name.contains(text)
        }
    }
}
