import Terminal

/// What unfolds beneath a line: an object of JSON member by member, of other lines what is known of them.
enum LogTree {
    struct Row: Sendable, Hashable {
        var indent: Int
        var name: String
        var value: String
        var isText = false
    }

    /// Of a hostile line not more than this.
    static let limit = 400

    static func rows(_ value: LogJSON) -> [Row] {
        var rows: [Row] = []
        add(value, name: "", indent: 0, to: &rows)
        return Array(rows.prefix(limit))
    }

    private static func add(_ value: LogJSON, name: String, indent: Int, to rows: inout [Row]) {
        guard rows.count < limit else { return }
        switch value {
        case .object(let members):
            if indent > 0 { rows.append(Row(indent: indent, name: name, value: members.isEmpty ? "{}" : "")) }
            for member in members { add(member.value, name: member.name, indent: indent + 1, to: &rows) }
        case .array(let values):
            rows.append(Row(indent: indent, name: name, value: values.isEmpty ? "[]" : ""))
            for (index, value) in values.enumerated() { add(value, name: "\(index)", indent: indent + 1, to: &rows) }
        case .string(let text):
            // A stack trace in a string has lines of its own.
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            rows.append(Row(indent: indent, name: name, value: String(lines.first ?? ""), isText: true))
            for line in lines.dropFirst() where rows.count < limit {
                rows.append(Row(indent: indent + 1, name: "", value: String(line), isText: true))
            }
        case .word(let word): rows.append(Row(indent: indent, name: name, value: word))
        }
    }

    /// A row as it is drawn.
    static func glyphs(_ row: Row, _ look: Look) -> [LogText.Styled] {
        let blanks = String(repeating: " ", count: 2 + 2 * row.indent)
        let name = row.name.isEmpty ? "" : row.name + ": "
        return LogText.glyphs(blanks, style: look[.faint]) + LogText.glyphs(name, style: look[.secondary])
            + LogText.glyphs(String(row.value.prefix(2000)), style: look[row.isText ? .text : .tertiary])
    }
}
