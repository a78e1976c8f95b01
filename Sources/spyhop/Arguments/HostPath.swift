/// Paths as people type them, made absolute.
enum HostPath {
    /// `path` seen from `directory`, with `.` and `..` resolved by text alone; a trailing slash goes.
    static func absolute(_ path: String, in directory: String) -> String {
        let whole = path.hasPrefix("/") ? path : directory + "/" + path
        var parts: [Substring] = []
        for part in whole.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        guard !parts.isEmpty else { return "/" }
        // By hand: every command takes this way, and a generic one is looked up at run time first.
        return parts.reduce(into: "") { path, part in
            path += "/"
            path += part
        }
    }
}
