/// Text forms: IPv4 as inet_pton(3) reads it, IPv6 as RFC 4291, section 2.2, printed as RFC 5952 recommends.
extension IPAddress: LosslessStringConvertible {
    /// Reads `172.30.0.2` or `fd00::2`; `nil` for anything else: leading zeros, zones and brackets included.
    public init?(_ text: String) {
        var text = text
        let parsed = text.withUTF8 { IPAddress(utf8: $0) }
        guard let parsed else { return nil }
        self = parsed
    }

    /// Reads a piece of a text.
    public init?(_ text: Substring) { self.init(String(text)) }

    /// The address as people write it.
    public var description: String {
        switch self {
        case .v4(let bits): "\(bits >> 24).\(bits >> 16 & 0xff).\(bits >> 8 & 0xff).\(bits & 0xff)"
        case .v6(let upper, let lower): Self.text(upper, lower)
        }
    }

    private init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        if bytes.contains(UInt8(ascii: ":")) {
            guard let (upper, lower) = IPv6Text.parse(bytes) else { return nil }
            self = .v6(upper, lower)
        } else {
            guard let bits = IPv4Text.parse(bytes[...]) else { return nil }
            self = .v4(bits)
        }
    }

    private static func text(_ upper: UInt64, _ lower: UInt64) -> String {
        // RFC 5952, section 5: addresses known to hold an IPv4 address show it.
        if upper == 0, lower >> 32 == 0xffff { return "::ffff:\(IPAddress.v4(UInt32(truncatingIfNeeded: lower)))" }
        let groups = (0..<8).map { index in
            UInt16(truncatingIfNeeded: (index < 4 ? upper : lower) >> UInt64(48 - 16 * (index & 3)))
        }
        let gap = longestGap(groups)
        var text = ""
        var index = 0
        while index < 8 {
            if let gap, index == gap.lowerBound {
                text += "::"
                index = gap.upperBound
                continue
            }
            if !text.isEmpty, !text.hasSuffix(":") { text += ":" }
            text += String(groups[index], radix: 16)
            index += 1
        }
        return text
    }

    /// The first of the longest runs of zeros, if it has two groups at least (section 4.2).
    private static func longestGap(_ groups: [UInt16]) -> Range<Int>? {
        var best = 0..<0
        var start = 0
        for (index, group) in groups.enumerated() {
            if group != 0 {
                start = index + 1
            } else if index + 1 - start > best.count {
                best = start..<(index + 1)
            }
        }
        return best.count >= 2 ? best : nil
    }
}

extension IPAddress: CustomStringConvertible {}

extension IPAddress {
    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let address = IPAddress(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no IP address: \(text)")
        }
        self = address
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// The 4 or 16 bytes in network order.
    public var bytes: [UInt8] {
        switch self {
        case .v4(let bits): (0..<4).map { UInt8(truncatingIfNeeded: bits >> UInt32(24 - 8 * $0)) }
        case .v6(let upper, let lower):
            (0..<16).map { UInt8(truncatingIfNeeded: ($0 < 8 ? upper : lower) >> UInt64(56 - 8 * ($0 & 7))) }
        }
    }

    /// From 4 or 16 bytes in network order; `nil` for any other number of them.
    public init?(bytes: some Collection<UInt8>) {
        switch bytes.count {
        case 4: self = .v4(bytes.reduce(0) { $0 << 8 | UInt32($1) })
        case 16:
            self = .v6(
                bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }, bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) })
        default: return nil
        }
    }

    /// 127.0.0.0/8 or ::1.
    public var isLoopback: Bool {
        switch self {
        case .v4(let bits): bits >> 24 == 127
        case .v6(let upper, let lower): upper == 0 && lower == 1
        }
    }
}
