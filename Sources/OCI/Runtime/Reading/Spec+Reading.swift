import Engine

extension Spec {
    /// Reads a `config.json`. Members that are not known are passed over, as the specification asks.
    /// - Parameter name: what the bytes are, for the error: the file's path.
    /// - Throws: `.invalidArgument` with the path of the member that is missing or of the wrong kind
    ///   (`process.rlimits[2].hard: …`).
    public static func read(_ bytes: [UInt8], name: String) throws(EngineError) -> Spec {
        try SpecDocument.read(Spec.self, from: bytes, name: name)
    }
}
