import Engine

/// Identifiers of OCI containers, which are names of directories at the same time.
enum BundleID {
    /// The longest name that a directory can have.
    static let longest = 255

    /// Letters, digits and `_ + - .` alone, as runc has it.
    /// - Throws: `.invalidArgument`.
    static func check(_ id: String) throws(EngineError) {
        guard !id.isEmpty else { throw EngineError(.invalidArgument, "container id cannot be empty") }
        guard id.utf8.count <= longest else {
            throw EngineError(.invalidArgument, "invalid container id: longer than \(longest) characters")
        }
        let isPlain = id.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_", "+", "-", ".": true
            default: false
            }
        }
        guard isPlain, id != ".", id != ".." else {
            throw EngineError(
                .invalidArgument, "invalid container id '\(id)'",
                hint: "letters, digits and the characters _ + - . make one")
        }
    }
}
