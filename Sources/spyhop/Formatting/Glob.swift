/// Shell patterns with `*` and `?`, where `*` stops at a slash.
enum Glob {
    /// Whether all of `text` fits `pattern`.
    static func matches(_ pattern: String, _ text: String) -> Bool { matches(pattern[...], text[...]) }

    private static func matches(_ pattern: Substring, _ text: Substring) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        switch first {
        case "*":
            if rest.first == "*" { return matches(rest, text) }
            var remaining = text
            while true {
                if matches(rest, remaining) { return true }
                guard let next = remaining.first, next != "/" else { return false }
                remaining = remaining.dropFirst()
            }
        case "?": return text.first.map { $0 != "/" } == true && matches(rest, text.dropFirst())
        default: return text.first == first && matches(rest, text.dropFirst())
        }
    }
}
