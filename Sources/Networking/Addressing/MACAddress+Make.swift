import Engine

extension MACAddress {
    /// The address that docker gave to an IPv4 address for years: 02:42 and its four bytes. It is stable over restarts, so that
    /// neighbours' caches stay right.
    public init(derivedFrom address: IPAddress) {
        switch address {
        case .v4(let bits): self.init(bits: 0x0242 << 32 | UInt64(bits))
        case .v6(_, let lower): self.init(bits: 0x0242 << 32 | (lower & 0xffff_ffff))
        }
    }

    /// A random one, locally administered, of one station.
    public static func random() -> MACAddress {
        var generator = SystemRandomNumberGenerator()
        return MACAddress(bits: (generator.next() & 0xfcff_ffff_ffff) | 0x0200_0000_0000)
    }

    /// fe80::/64 with the modified EUI-64 (RFC 4291, appendix A).
    var linkLocalAddress: IPAddress {
        let upper = (bits >> 24 ^ 0x02_0000) << 40
        return .v6(0xfe80 << 48, upper | 0xff_fe00_0000 | bits & 0xff_ffff)
    }

    /// Stands for a group or for nobody: no interface may have it.
    public var isMulticastOrZero: Bool { bits >> 40 & 1 == 1 || bits == 0 }
}
