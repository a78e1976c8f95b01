import CLinux

/// The names that stand for addresses when their names are asked for (RFC 1035, 3.5; RFC 3596, 2.5).
enum ReverseName {
    /// The address that `name`, in lower case, stands for.
    static func address(_ name: borrowing Text) -> FoundAddress? {
        if let count = length(name, before: ".in-addr.arpa") { return ipv4(name, count) }
        if let count = length(name, before: ".ip6.arpa") { return ipv6(name, count) }
        return nil
    }

    private static func length(_ name: borrowing Text, before end: StaticString) -> Int? {
        let rest = name.count - end.utf8CodeUnitCount
        guard rest > 0, memcmp(name.bytes + rest, end.utf8Start, end.utf8CodeUnitCount) == 0 else { return nil }
        return rest
    }

    private static func ipv4(_ name: borrowing Text, _ count: Int) -> FoundAddress? {
        var value: UInt32 = 0
        var part: UInt32 = 0
        var digits = 0
        var parts = 0
        // The last byte of the address comes first.
        for index in 0...count {
            let byte = index < count ? name.bytes[index] : UInt8(ascii: ".")
            if byte == UInt8(ascii: ".") {
                guard digits > 0, parts < 4 else { return nil }
                value |= part << UInt32(24 - 8 * parts)
                parts += 1
                part = 0
                digits = 0
            } else {
                guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), digits < 3 else { return nil }
                part = part * 10 + UInt32(byte - UInt8(ascii: "0"))
                guard part < 256 else { return nil }
                digits += 1
            }
        }
        guard parts == 4 else { return nil }
        // The first part read is the address's last byte, which lies highest in memory.
        return FoundAddress(isIPv4: true, bytes: (UInt64(value), 0))
    }

    private static func ipv6(_ name: borrowing Text, _ count: Int) -> FoundAddress? {
        guard count == 63 else { return nil }
        var bytes: (UInt64, UInt64) = (0, 0)
        let isSound = withUnsafeMutableBytes(of: &bytes) { raw in
            for index in 0..<32 {
                guard index == 31 || name.bytes[2 * index + 1] == UInt8(ascii: "."),
                    let digit = hexadecimal(name.bytes[2 * index])
                else { return false }
                // The last half byte of the address comes first.
                raw[15 - index / 2] |= index % 2 == 0 ? digit : digit << 4
            }
            return true
        }
        return isSound ? FoundAddress(isIPv4: false, bytes: bytes) : nil
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
