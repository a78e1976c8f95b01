import Engine

extension GoText {
    /// Text for a terminal's table: what could be obeyed as a control is shown as a question mark.
    static func harmless(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return text }
        var out = ""
        for scalar in text.unicodeScalars {
            out.unicodeScalars.append(scalar.properties.generalCategory == .control ? "?" : scalar)
        }
        return out
    }

    /// The first `width` characters, the last of them an ellipsis when something was cut, as docker does it.
    static func ellipsis(_ text: String, _ width: Int) -> String {
        guard text.count > width, width > 0 else { return text }
        return width == 1 ? String(text.prefix(1)) : text.prefix(width - 1) + "…"
    }
}
