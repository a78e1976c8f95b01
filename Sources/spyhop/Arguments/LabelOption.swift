import Engine

/// `-l` and what `--label-file` holds.
enum LabelOption {
    /// Labels; a name alone has an empty value.
    static func resolve(_ entries: [String]) throws -> [String: String] {
        var labels: [String: String] = [:]
        for entry in entries {
            let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = parts.first, !key.isEmpty else {
                throw EngineError(.invalidArgument, "--label \"\(entry)\" has no name")
            }
            labels[String(key)] = parts.count == 2 ? String(parts[1]) : ""
        }
        return labels
    }
}
