/// Expands an instruction's words and notes which variables are not set.
struct VariableReader {
    private let expansion: WordExpansion
    private(set) var variables: [String: String]
    /// In the order of their use, each once.
    private(set) var unset: [String] = []

    init(_ expansion: WordExpansion, _ variables: [String: String]) {
        self.expansion = expansion
        self.variables = variables
    }

    mutating func set(_ name: String, _ value: String) { variables[name] = value }

    /// The word expanded; as it is written where that fails.
    mutating func word(_ text: String) -> String {
        guard
            text.utf8.contains(where: { $0 == .dollar || $0 == .backslash || $0 == .singleQuote || $0 == .doubleQuote })
        else { return text }
        return (try? expansion.word(text) { look(up: $0) }) ?? text
    }

    /// Only what is not set is of interest.
    mutating func hereDocument(_ text: String) { _ = try? expansion.hereDocument(text) { look(up: $0) } }

    private mutating func look(up name: String) -> String? {
        if let value = variables[name] { return value }
        if !unset.contains(name) { unset.append(name) }
        return nil
    }
}
