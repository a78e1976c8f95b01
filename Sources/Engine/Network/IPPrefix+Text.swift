/// `ADDRESS/LENGTH` (RFC 4632, section 3.1; RFC 4291, section 2.3).
extension IPPrefix: LosslessStringConvertible, CustomStringConvertible {
    /// Reads `172.30.0.0/16`; `nil` without a length, or with one that the family does not have.
    public init?(_ text: String) {
        guard let slash = text.lastIndex(of: "/"), let address = IPAddress(text[..<slash]) else { return nil }
        let digits = text[text.index(after: slash)...]
        // No sign, and no second way to write a length.
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), digits.count <= 3, let length = Int(digits),
            digits.count == 1 || !digits.hasPrefix("0"), length <= (address.isIPv4 ? 32 : 128)
        else { return nil }
        self.init(address, length: length)
    }

    /// `172.30.0.0/16`.
    public var description: String { "\(address)/\(length)" }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let prefix = IPPrefix(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no IP prefix: \(text)")
        }
        self = prefix
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
