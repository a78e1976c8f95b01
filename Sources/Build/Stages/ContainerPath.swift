/// Paths in an image, as Go's `path` package joins and cleans them.
enum ContainerPath {
    /// An absolute path without `.`, `..`, and doubled slashes, and without a slash at its end.
    static func clean(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// `path` seen from `directory`, cleaned.
    static func resolve(_ path: String, from directory: String) -> String {
        clean(path.hasPrefix("/") ? path : "\(directory)/\(path)")
    }

    /// Where COPY and ADD write: as `resolve`, but a slash at the end stays, for it says that a directory is meant.
    static func destination(_ path: String, from directory: String) -> String {
        let path = path.isEmpty || path == "." ? "./" : path
        let resolved = resolve(path, from: directory)
        return path.hasSuffix("/") && resolved != "/" ? resolved + "/" : resolved
    }

    /// What stands behind the last slash.
    static func lastComponent(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
