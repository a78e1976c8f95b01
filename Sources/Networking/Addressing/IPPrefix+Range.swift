import Engine

/// A prefix as the stretch of addresses that begin with its bits.
extension IPPrefix {
    /// The prefix with its host bits zero.
    public var subnet: IPPrefix { IPPrefix(first, length: length) }

    /// The lowest address: the subnet's own.
    public var first: IPAddress { address.masked(to: length) }

    /// The highest address: IPv4's broadcast.
    public var last: IPAddress { address.masked(to: length, filled: true) }

    /// Whether all bits behind the length are zero.
    public var isSubnet: Bool { address == first }

    /// The bits of the family: 32 or 128.
    var width: Int { address.isIPv4 ? 32 : 128 }

    /// Whether the address begins with the prefix; never across families.
    public func contains(_ other: IPAddress) -> Bool {
        address.isIPv4 == other.isIPv4 && other.masked(to: length) == first
    }

    /// Whether all of the other prefix lies in this one.
    public func contains(_ other: IPPrefix) -> Bool { length <= other.length && contains(other.address) }

    /// Whether they share any address.
    public func overlaps(_ other: IPPrefix) -> Bool {
        length <= other.length ? contains(other.address) : other.contains(address)
    }

    /// The address `index` behind the first; `nil` outside of the prefix.
    public func address(at index: UInt64) -> IPAddress? {
        guard let found = first.advanced(by: index), contains(found) else { return nil }
        return found
    }

    /// The next prefix of the same length; `nil` at the end of the range.
    public var next: IPPrefix? { last.advanced(by: 1).map { IPPrefix($0, length: length) } }

    /// IPv4's broadcast address, where the subnet has one (RFC 3021: not with 31 and 32 bits).
    public var broadcast: IPAddress? { address.isIPv4 && length < 31 ? last : nil }
}
