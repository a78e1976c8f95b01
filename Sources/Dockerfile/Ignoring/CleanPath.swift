/// The shortest spelling of a path, as Go's filepath.Clean has it.
enum CleanPath {
    /// Without `.`, `..` where it can be carried out, and doubled slashes; empty is `.`.
    static func clean(_ path: String) -> String {
        let isAbsolute = path.hasPrefix("/")
        var kept: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                if let last = kept.last, last != ".." {
                    kept.removeLast()
                } else if !isAbsolute {
                    kept.append(part)
                }
            } else {
                kept.append(part)
            }
        }
        let joined = kept.joined(separator: "/")
        if isAbsolute { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }
}
