import Terminal

/// Styled lines of keys and values, indented like YAML.
struct TextTree {
    let look: Look
    private(set) var lines: [[Span]] = []
    private var depth = 0

    init(look: Look) { self.look = look }

    private var indent: Span { Span(String(repeating: " ", count: depth * 2)) }

    /// `key: value`; an empty value shows as nothing set.
    mutating func pair(_ key: String, _ value: String) {
        lines.append([
            indent, Span("\(key): ", look[.secondary]),
            value.isEmpty ? Span("-", look[.faint]) : Span(value, look[.text]),
        ])
    }

    mutating func plain(_ text: String, _ style: Style) { lines.append([indent, Span(text, style)]) }

    /// Spans of their own.
    mutating func line(_ spans: [Span]) { lines.append([indent] + spans) }

    mutating func blank() { lines.append([]) }

    /// A key whose values stand below it.
    mutating func list(_ key: String, _ values: [String]) {
        guard !values.isEmpty else {
            pair(key, "")
            return
        }
        lines.append([indent, Span("\(key):", look[.secondary])])
        for value in values {
            lines.append([indent, Span("  - ", look[.faint]), Span(value, look[.text])])
        }
    }

    /// A key with a tree of its own.
    mutating func group(_ key: String, _ body: (inout TextTree) -> Void) {
        lines.append([indent, Span("\(key):", look[.secondary])])
        indented(body)
    }

    /// What belongs to the line before.
    mutating func indented(_ body: (inout TextTree) -> Void) {
        depth += 1
        body(&self)
        depth -= 1
    }
}
