import Engine

/// What a rule of nf_tables is made of, as nft(8) names it; <linux/netfilter/nf_tables.h> has the numbers.
///
/// An expression that reads fills register 1 (16 bytes), the next one compares it; NAT takes its address from register 1 and
/// its port from register 2.
enum FirewallExpression: Hashable {
    /// `meta KEY`
    case meta(Meta)
    /// `payload @BASE,OFFSET,LENGTH`, in bytes
    case payload(Base, offset: UInt32, length: UInt32)
    /// `ct KEY`
    case conntrack(Conntrack)
    /// `fib daddr type`
    case destinationKind
    /// `cmp`
    case compare(Comparison, [UInt8])
    /// Register 1, all but these bits cleared.
    case mask([UInt8])
    /// A value into register 1 or 2.
    case immediate([UInt8], register: UInt32)
    /// `dnat` to the address in register 1, and where there is one, to the port in register 2
    case destination(IPFamily, withPort: Bool)
    case masquerade
    case accept, drop, leave
    case jump(String)

    /// NFT_META_*.
    enum Meta: UInt32 { case inName = 6, outName = 7, family = 15, transport = 16 }
    /// NFT_CT_*.
    enum Conntrack: UInt32 { case state = 0, status = 2 }
    /// NFT_PAYLOAD_*_HEADER.
    enum Base: UInt32 { case network = 1, transport = 2 }
    /// NFT_CMP_*.
    enum Comparison: UInt32 { case equal = 0, unequal = 1, lessOrEqual = 3, greaterOrEqual = 5 }
    /// NFPROTO_*.
    enum IPFamily: UInt32 { case ipv4 = 2, ipv6 = 10 }
}

extension FirewallExpression.IPFamily {
    init(_ address: IPAddress) { self = address.isIPv4 ? .ipv4 : .ipv6 }
}
