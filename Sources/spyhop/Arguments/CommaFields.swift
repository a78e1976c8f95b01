import Engine

/// Fields between commas, as docker reads them (RFC 4180): one in quotation marks may hold commas, and two marks for one.
enum CommaFields {
    /// The fields.
    /// - Throws: `EngineError` `.invalidArgument` for quotation marks that do not match.
    static func split(_ text: String) throws -> [String] {
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case "\"" where isQuoted && rest.first == "\"":
                field.append("\"")
                rest.removeFirst()
            case "\"" where isQuoted: isQuoted = false
            case "\"" where field.isEmpty: isQuoted = true
            case "," where !isQuoted:
                fields.append(field)
                field = ""
            default: field.append(character)
            }
        }
        guard !isQuoted else { throw EngineError(.invalidArgument, "\(text): a quotation mark is never closed") }
        return fields + [field]
    }
}
