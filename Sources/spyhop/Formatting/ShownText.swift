import Terminal

/// Text of which the terminal's columns are counted.
enum ShownText {
    /// A harmless text, cut to so many columns.
    static func cut(_ text: String, _ columns: Int?) -> String {
        let text = SafeText.string(text)
        guard let columns, SafeText.width(text) > columns else { return text }
        var out = ""
        var used = 0
        for character in text {
            let width = SafeText.width(String(character))
            guard used + width < columns else { return out + "…" }
            out.append(character)
            used += width
        }
        return out
    }

    /// A harmless text of exactly so many columns.
    static func padded(_ text: String, _ columns: Int) -> String {
        let text = cut(text, columns)
        return text + String(repeating: " ", count: max(0, columns - SafeText.width(text)))
    }
}
