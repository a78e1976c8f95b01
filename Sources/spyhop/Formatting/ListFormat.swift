import Engine

/// How a list is printed: docker's `--format`, or the default table.
enum ListFormat: Sendable {
    /// Aligned columns under headings.
    case table(Template)
    /// One rendering a line.
    case lines(Template)
    /// One JSON object a line.
    case json

    /// Reads `--format`: `json`, `table`, `table TEMPLATE` or a template; `nil` is the default table.
    init(_ text: String?, defaultTable: String) throws {
        switch text {
        case nil, "", "table": self = .table(try Template(defaultTable))
        case "json": self = .json
        case let text? where text.hasPrefix("table ") || text.hasPrefix("table\t") || text.hasPrefix("table\\t"):
            self = .table(try Template(String(text.dropFirst(text.hasPrefix("table\\t") ? 7 : 6))))
        case let text?: self = .lines(try Template(text))
        }
    }

    /// All of the output for `rows`.
    func render(_ rows: [ListRow], headings: JSONValue) throws -> String {
        var headings = headings
        if case .object(let members) = headings {
            headings = .object(members + [JSONValue.Member(key: "Engine", value: "ENGINE")])
        }
        switch self {
        case .json: return rows.map { $0.value.compact + "\n" }.joined()
        case .lines(let template): return try rows.map { try $0.render(template) + "\n" }.joined()
        case .table(let template):
            // A heading answers to the methods too: `.Label "x"` is headed by the key.
            let heading = try template.render(headings, methods: ["Label": { $0.first ?? "LABEL" }])
            return TextTable.render([heading] + (try rows.map { try $0.render(template) }))
        }
    }
}

/// A row of a list: its fields by docker's names, and the labels that `.Label "key"` reads.
struct ListRow: Sendable {
    var value: JSONValue
    var labels: [String: String] = [:]

    /// The same row, which says of which engine it is.
    func of(_ engine: String?) -> ListRow {
        var row = self
        if case .object(let members) = value {
            row.value = .object(members + [JSONValue.Member(key: "Engine", value: .string(engine ?? "spyhop"))])
        }
        return row
    }

    func render(_ template: Template) throws -> String {
        let labels = labels
        return try template.render(
            value, methods: ["Label": { arguments in .string(labels[arguments.first?.text ?? ""] ?? "") }])
    }
}
