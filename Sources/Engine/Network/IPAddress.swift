/// An address of IPv4 or IPv6.
public enum IPAddress: Sendable, Hashable, Codable {
    /// The 32 bits, the first byte highest.
    case v4(UInt32)
    /// The upper and the lower 64 bits.
    case v6(UInt64, UInt64)

    /// Of IPv4.
    public var isIPv4: Bool { if case .v4 = self { true } else { false } }

    /// Stands for every address of its family: `0.0.0.0`, `::`.
    public var isUnspecified: Bool {
        switch self {
        case .v4(let bits): bits == 0
        case .v6(let upper, let lower): upper == 0 && lower == 0
        }
    }
}

extension IPAddress: Comparable {
    /// IPv4 first, then by value.
    public static func < (left: IPAddress, right: IPAddress) -> Bool {
        switch (left, right) {
        case (.v4(let one), .v4(let other)): one < other
        case (.v6(let upper, let lower), .v6(let otherUpper, let otherLower)):
            (upper, lower) < (otherUpper, otherLower)
        case (.v4, .v6): true
        case (.v6, .v4): false
        }
    }
}
