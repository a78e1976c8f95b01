import Terminal

/// A table as comma separated values: RFC 4180, lines ended by CR LF.
enum CommaSeparated {
    static func text(_ titles: [String], _ rows: [[String]]) -> String {
        ([titles] + rows).map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
    }

    /// Texts come from containers: what would steer a terminal that prints the file, or a spreadsheet that opens it, is
    /// made harmless.
    static func field(_ text: String) -> String {
        var shown = SafeText.string(text)
        if shown.count > 1, let first = shown.first, "=+-@".contains(first), Double(shown) == nil {
            shown = "'" + shown
        }
        guard shown.contains(where: { $0 == "," || $0 == "\"" }) else { return shown }
        return "\"" + shown.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
