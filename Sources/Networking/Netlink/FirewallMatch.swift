import Engine

/// Matches as nft(8) writes them, as the expressions that they are made of.
enum FirewallMatch {
    static func inName(_ comparison: FirewallExpression.Comparison, _ name: String) -> [FirewallExpression] {
        [.meta(.inName), .compare(comparison, padded(name))]
    }

    static func outName(_ comparison: FirewallExpression.Comparison, _ name: String) -> [FirewallExpression] {
        [.meta(.outName), .compare(comparison, padded(name))]
    }

    static func family(_ family: FirewallExpression.IPFamily) -> [FirewallExpression] {
        [.meta(.family), .compare(.equal, [UInt8(truncatingIfNeeded: family.rawValue)])]
    }

    /// `meta l4proto`
    static func transport(_ transport: TransportProtocol) -> [FirewallExpression] {
        [.meta(.transport), .compare(.equal, [transport == .tcp ? 6 : 17])]
    }

    /// `th dport`, a single one or from one to another
    static func destinationPorts(_ ports: ClosedRange<UInt16>) -> [FirewallExpression] {
        let read = FirewallExpression.payload(.transport, offset: 2, length: 2)
        if ports.count == 1 { return [read, .compare(.equal, bytes(ports.lowerBound))] }
        return [
            read, .compare(.greaterOrEqual, bytes(ports.lowerBound)), .compare(.lessOrEqual, bytes(ports.upperBound)),
        ]
    }

    /// `ip saddr PREFIX` with the family before it
    static func source(_ prefix: IPPrefix) -> [FirewallExpression] {
        address(prefix, offset: prefix.address.isIPv4 ? 12 : 8)
    }

    /// `ip daddr PREFIX` with the family before it
    static func destination(_ prefix: IPPrefix) -> [FirewallExpression] {
        address(prefix, offset: prefix.address.isIPv4 ? 16 : 24)
    }

    /// `ct state established,related`
    static let established: [FirewallExpression] = anyBit(of: 0x6, in: .conntrack(.state))

    /// `ct status dnat` (IPS_DST_NAT)
    static let isLedElsewhere: [FirewallExpression] = anyBit(of: 0x20, in: .conntrack(.status))

    /// `fib daddr type local` (RTN_LOCAL)
    static let toThisHost: [FirewallExpression] = [.destinationKind, .compare(.equal, host(UInt32(2)))]

    /// `dnat to ADDRESS:PORT`; without a port it stays what it is.
    static func lead(to address: IPAddress, port: UInt16?) -> [FirewallExpression] {
        var expressions: [FirewallExpression] = [
            .immediate(address.bytes, register: FirewallExpression.register1)
        ]
        if let port { expressions.append(.immediate(bytes(port), register: FirewallExpression.register2)) }
        return expressions + [.destination(FirewallExpression.IPFamily(address), withPort: port != nil)]
    }

    private static func address(_ prefix: IPPrefix, offset: UInt32) -> [FirewallExpression] {
        let bytes = prefix.first.bytes
        let length = UInt32(truncatingIfNeeded: bytes.count)
        var expressions = family(FirewallExpression.IPFamily(prefix.address))
        expressions.append(.payload(.network, offset: offset, length: length))
        if prefix.length < prefix.width {
            let ones = IPPrefix(prefix.address.isIPv4 ? .v4(.max) : .v6(.max, .max), length: prefix.length)
            expressions.append(.mask(ones.first.bytes))
        }
        return expressions + [.compare(.equal, bytes)]
    }

    private static func anyBit(of bits: UInt32, in read: FirewallExpression) -> [FirewallExpression] {
        [read, .mask(host(bits)), .compare(.unequal, host(0))]
    }

    /// The kernel compares names with all 16 bytes.
    private static func padded(_ name: String) -> [UInt8] {
        let bytes = Array(name.utf8.prefix(15))
        return bytes + [UInt8](repeating: 0, count: 16 - bytes.count)
    }

    private static func bytes(_ port: UInt16) -> [UInt8] {
        [UInt8(truncatingIfNeeded: port >> 8), UInt8(truncatingIfNeeded: port)]
    }

    /// Registers that hold numbers hold them in host order.
    private static func host(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number) { Array($0) } }
}
