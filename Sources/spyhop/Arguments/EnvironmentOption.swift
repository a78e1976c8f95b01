import Engine

/// `-e` and what `--env-file` holds: a name alone takes its value from the caller's environment.
enum EnvironmentOption {
    /// `KEY=VALUE` for each entry that has or finds a value.
    static func resolve(_ entries: [String], lookup: (String) -> String?) throws -> [String] {
        try entries.compactMap { entry in
            if entry.hasPrefix("=") || entry.isEmpty {
                throw EngineError(.invalidArgument, "--env \"\(entry)\" has no name")
            }
            if entry.contains("=") { return entry }
            return lookup(entry).map { "\(entry)=\($0)" }
        }
    }
}
