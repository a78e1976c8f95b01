import Engine

/// Sizes as docker reads them (go-units `RAMInBytes`): a number and `b`, `k`, `m`, `g`, `t` or `p`, powers of 1024.
enum ByteSize {
    /// The size in bytes.
    /// - Throws: `EngineError` `.invalidArgument` that names `option`.
    static func bytes(_ text: String, for option: String) throws -> Int64 {
        guard let bytes = parse(text) else {
            throw EngineError(
                .invalidArgument, "\(option) wants a size, not \"\(text)\"", hint: "for instance 512m or 1.5g")
        }
        return bytes
    }

    private static func parse(_ text: String) -> Int64? {
        var body = text.lowercased()[...]
        let digits = body.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let value = Double(digits), value.isFinite else { return nil }
        body = body.dropFirst(digits.count)
        if body.first == " " { body = body.dropFirst() }
        let powers: [Character: Int] = ["k": 1, "m": 2, "g": 3, "t": 4, "p": 5]
        var power = 0
        if let unit = body.first, let found = powers[unit] {
            power = found
            body = body.dropFirst()
            if body.first == "i" { body = body.dropFirst() }
        }
        if body.first == "b" { body = body.dropFirst() }
        guard body.isEmpty else { return nil }
        return Int64(exactly: (value * Double(Int64(1) << Int64(10 * power))).rounded(.down))
    }
}
