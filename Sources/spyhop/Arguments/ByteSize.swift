import Engine

/// Sizes as docker reads them (go-units `RAMInBytes`): a number and `b`, `k`, `m`, `g`, `t` or `p`, powers of 1024.
enum ByteSize {
    /// The size in bytes.
    /// - Throws: `EngineError` `.invalidArgument` that names `option`.
    static func bytes(_ text: String, for option: String) throws -> Int64 {
        guard let bytes = GoUnits.bytes(text) else {
            throw EngineError(
                .invalidArgument, "\(option) wants a size, not \"\(text)\"", hint: "for instance 512m or 1.5g")
        }
        return bytes
    }
}
