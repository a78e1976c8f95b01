/// Paths as people type them, made absolute.
enum HostPath {
    /// `path` seen from `directory`, with `.` and `..` resolved by text alone; a trailing slash goes.
    static func absolute(_ path: String, in directory: String) -> String {
        // Byte by byte: every command takes this way, and what is generic is looked up at run time first.
        var path = Array((path.hasPrefix("/") ? path : directory + "/" + path).utf8)
        path.append(slash)
        var whole: [UInt8] = []
        var start = 0
        for (index, byte) in path.enumerated() where byte == slash {
            let part = path[start..<index]
            start = index + 1
            if part.isEmpty || (part.count == 1 && part.first == dot) { continue }
            if part.count == 2, part.first == dot, part.last == dot {
                whole.removeSubrange((whole.lastIndex(of: slash) ?? 0)...)
                continue
            }
            whole.append(slash)
            whole += part
        }
        return whole.isEmpty ? "/" : String(decoding: whole, as: UTF8.self)
    }

    private static let slash = UInt8(ascii: "/")
    private static let dot = UInt8(ascii: ".")
}
