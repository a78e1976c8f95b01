/// Six pairs of hexadecimal digits with colons, or with hyphens, as docker's `--mac-address` takes them.
extension MACAddress: LosslessStringConvertible, CustomStringConvertible {
    /// Reads `02:42:ac:1e:00:02`; `nil` for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 17 else { return nil }
        let separator = bytes[2]
        guard separator == UInt8(ascii: ":") || separator == UInt8(ascii: "-") else { return nil }
        var bits: UInt64 = 0
        for index in 0..<6 {
            guard index == 0 || bytes[index * 3 - 1] == separator,
                let high = HexadecimalDigit.value(bytes[index * 3]),
                let low = HexadecimalDigit.value(bytes[index * 3 + 1])
            else { return nil }
            bits = bits << 8 | UInt64(high << 4 | low)
        }
        self.init(bits: bits)
    }

    /// `02:42:ac:1e:00:02`.
    public var description: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.enumerated().flatMap { index, byte in
                (index == 0 ? [] : [UInt8(ascii: ":")]) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }, as: UTF8.self)
    }

    /// The six bytes, the first one first.
    public var bytes: [UInt8] { (0..<6).map { UInt8(truncatingIfNeeded: bits >> UInt64(40 - 8 * $0)) } }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let address = MACAddress(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no hardware address: \(text)")
        }
        self = address
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
