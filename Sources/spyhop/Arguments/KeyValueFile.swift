import Engine

/// The format of `--env-file` and `--label-file`: a `KEY=VALUE` or `KEY` a line, `#` starts a comment line.
enum KeyValueFile {
    /// The entries as they stand; leading blanks of a line go.
    /// - Throws: `EngineError` `.invalidArgument` with the line's number.
    static func entries(_ text: String, path: String) throws -> [String] {
        var entries: [String] = []
        let body = text.hasPrefix("\u{feff}") ? text.dropFirst() : text[...]
        for (number, line) in body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.drop { $0 == " " || $0 == "\t" }
            if line.isEmpty || line.hasPrefix("#") { continue }
            let key = line.prefix { $0 != "=" }
            guard !key.isEmpty else {
                throw EngineError(.invalidArgument, "\(path):\(number + 1): there is no name before \"=\"")
            }
            guard !key.contains(where: \.isWhitespace) else {
                throw EngineError(.invalidArgument, "\(path):\(number + 1): the name \"\(key)\" has white space in it")
            }
            entries.append(String(line))
        }
        return entries
    }
}
