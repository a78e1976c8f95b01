/// Bytes as docker spells them: `64m`, `1.5GiB`; units are powers of 1024.
enum ByteCount {
    /// The bytes; `nil` for anything else.
    static func bytes(_ text: String) -> Int64? {
        let digits = text.prefix { ("0"..."9").contains($0) || $0 == "." }
        var unit = text[digits.endIndex...].lowercased()[...]
        while unit.first == " " { unit = unit.dropFirst() }
        if unit.hasSuffix("ib") { unit = unit.dropLast(2) } else if unit.hasSuffix("b") { unit = unit.dropLast() }
        guard let number = Double(digits), let power = ["", "k", "m", "g", "t", "p"].firstIndex(of: String(unit))
        else { return nil }
        var value = number
        for _ in 0..<power { value *= 1024 }
        return Int64(exactly: value.rounded(.down))
    }
}
