import Engine

/// Docker's `--filter key=value` options: values of one key are alternatives (labels add up), keys add up.
struct FilterSet: Sendable {
    let values: [String: [String]]

    /// Reads the options.
    /// - Throws: `EngineError` `.invalidArgument` for a key that is not in `allowed` or an option without `=`.
    init(_ options: [String], allowed: Set<String>) throws {
        var values: [String: [String]] = [:]
        for option in options {
            guard let equals = option.firstIndex(of: "=") else {
                throw EngineError(.invalidArgument, "filter \"\(option)\" is not of the form key=value")
            }
            let key = String(option[..<equals])
            guard allowed.contains(key) else {
                throw EngineError(
                    .invalidArgument, "there is no filter \"\(key)\"",
                    hint: "filters are \(allowed.sorted().joined(separator: ", "))")
            }
            values[key, default: []].append(String(option[option.index(after: equals)...]))
        }
        self.values = values
    }

    /// Whether `key` was not given or one of its values passes `test`.
    func allows(_ key: String, _ test: (String) -> Bool) -> Bool { values[key]?.contains(where: test) ?? true }

    /// Whether all label filters hold: `key` or `key=value`.
    func allowsLabels(_ labels: [String: String]) -> Bool {
        (values["label"] ?? []).allSatisfy { wanted in
            guard let equals = wanted.firstIndex(of: "=") else { return labels[wanted] != nil }
            return labels[String(wanted[..<equals])] == String(wanted[wanted.index(after: equals)...])
        }
    }
}
