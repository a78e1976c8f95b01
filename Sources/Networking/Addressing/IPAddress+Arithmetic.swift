import Engine

/// Addresses as numbers of 128 bits; IPv4 in the lower 32.
extension IPAddress {
    /// The address `distance` further; `nil` beyond the end of the family's range.
    public func advanced(by distance: UInt64) -> IPAddress? {
        switch self {
        case .v4(let bits):
            guard let distance = UInt32(exactly: distance) else { return nil }
            let (sum, overflows) = bits.addingReportingOverflow(distance)
            return overflows ? nil : .v4(sum)
        case .v6(let upper, let lower):
            let (sum, carries) = lower.addingReportingOverflow(distance)
            guard carries else { return .v6(upper, sum) }
            let (high, overflows) = upper.addingReportingOverflow(1)
            return overflows ? nil : .v6(high, sum)
        }
    }

    /// The address with all but its first `length` bits zero; with `filled` they are ones.
    func masked(to length: Int, filled: Bool = false) -> IPAddress {
        switch self {
        case .v4(let bits):
            let mask = length <= 0 ? 0 : UInt32.max << UInt32(32 - min(length, 32))
            return .v4(filled ? bits | ~mask : bits & mask)
        case .v6(let upper, let lower):
            let high = Self.mask(length)
            let low = Self.mask(length - 64)
            return filled ? .v6(upper | ~high, lower | ~low) : .v6(upper & high, lower & low)
        }
    }

    private static func mask(_ length: Int) -> UInt64 {
        length <= 0 ? 0 : UInt64.max << UInt64(64 - min(length, 64))
    }

    /// 169.254.0.0/16 or fe80::/10.
    public var isLinkLocal: Bool {
        switch self {
        case .v4(let bits): bits >> 16 == 0xa9fe
        case .v6(let upper, _): upper >> 54 == 0x3fa
        }
    }

    /// 224.0.0.0/4 or ff00::/8.
    public var isMulticast: Bool {
        switch self {
        case .v4(let bits): bits >> 28 == 0xe
        case .v6(let upper, _): upper >> 56 == 0xff
        }
    }
}
