import Engine

/// `key=value` fields between commas, as BuildKit's options have them.
enum BuildFields {
    /// The fields in their order; keys in small letters.
    /// - Throws: `EngineError` `.invalidArgument`.
    static func read(_ text: String, option: String) throws -> [(key: String, value: String)] {
        try CommaFields.split(text).map { field in
            guard let equals = field.firstIndex(of: "="), equals > field.startIndex else {
                throw EngineError(.invalidArgument, "\(option) \(text): \"\(field)\" is not key=value")
            }
            return (field[..<equals].lowercased(), String(field[field.index(after: equals)...]))
        }
    }

    /// What is said of a key that is not known.
    static func unknown(_ key: String, in option: String, known: String) -> EngineError {
        EngineError(.invalidArgument, "\(option): there is no \"\(key)\"", hint: "there are \(known)")
    }

    /// A flag's value.
    /// - Throws: `EngineError` `.invalidArgument`.
    static func truth(_ value: String, of key: String, in option: String) throws -> Bool {
        guard let truth = OptionWords.truth(value) else {
            throw EngineError(.invalidArgument, "\(option): \(key) is true or false, not \"\(value)\"")
        }
        return truth
    }
}
