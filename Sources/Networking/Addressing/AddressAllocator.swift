import Engine

/// Gives out addresses of one subnet. Pure: it is told what is in use.
public struct AddressAllocator: Sendable {
    /// The subnet, its gateway, range, and reserved addresses.
    public let subnet: NetworkSpec.Subnet
    private var used: Set<IPAddress>
    /// The highest address in use within the range; the search begins behind it.
    private var newest: IPAddress?

    /// An allocator; `used` are addresses of other endpoints.
    public init(subnet: NetworkSpec.Subnet, used: some Sequence<IPAddress>) {
        self.subnet = subnet
        self.used = Set(used)
        let range = subnet.range ?? subnet.prefix
        newest = self.used.filter { range.contains($0) }.max()
    }

    /// A certain address. Throws when it does not lie in the subnet, is set aside, or taken.
    public mutating func claim(_ address: IPAddress) throws(EngineError) {
        guard subnet.prefix.contains(address) else {
            throw EngineError(
                .invalidArgument, "invalid endpoint settings: no configured subnet contains IP address \(address)",
                hint: "the network's subnet is \(subnet.prefix)")
        }
        guard isUsable(address) else {
            throw EngineError(
                .invalidArgument, "the address \(address) of subnet \(subnet.prefix) is set aside: \(reason(address))")
        }
        guard used.insert(address).inserted else {
            throw EngineError(.conflict, "address already in use: \(address)")
        }
    }

    /// The next free address behind the highest one in use, then from the beginning: an address that was just let go is not
    /// given to somebody else at once. Throws when all are taken.
    public mutating func next() throws(EngineError) -> IPAddress {
        let range = subnet.range ?? subnet.prefix
        if let start = newest?.advanced(by: 1), let found = free(from: start, in: range) { return take(found) }
        if let found = free(from: range.first, in: range) { return take(found) }
        throw EngineError(
            .conflict, "no address is left in \(range)",
            hint: "remove containers from the network, or create one with a wider --subnet")
    }

    private mutating func take(_ address: IPAddress) -> IPAddress {
        used.insert(address)
        newest = address
        return address
    }

    /// Ends soon: every step but the last passes an address that is in use or set aside.
    private func free(from start: IPAddress, in range: IPPrefix) -> IPAddress? {
        var candidate = start
        while range.contains(candidate) {
            if !used.contains(candidate), isUsable(candidate) { return candidate }
            guard let next = candidate.advanced(by: 1) else { return nil }
            candidate = next
        }
        return nil
    }

    private func isUsable(_ address: IPAddress) -> Bool {
        let hasEnds = subnet.prefix.length < subnet.prefix.width - 1
        return !(hasEnds && address == subnet.prefix.first) && address != subnet.prefix.broadcast
            && address != subnet.gateway && !subnet.reserved.values.contains(address)
    }

    private func reason(_ address: IPAddress) -> String {
        if address == subnet.gateway { return "it is the gateway" }
        if address == subnet.prefix.broadcast { return "it is the broadcast address" }
        return address == subnet.prefix.first ? "it is the subnet's own" : "--aux-address names it"
    }
}
