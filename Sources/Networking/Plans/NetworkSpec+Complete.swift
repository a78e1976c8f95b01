import Engine

extension NetworkSpec {
    /// The request with a subnet and a gateway in each of its families. `others` are the other networks' requests, `host` the
    /// host's own addresses and routes. Throws, in docker's words, for subnets, gateways, ranges and reserved addresses that do
    /// not fit together or that another network has.
    public func completed(
        others: [NetworkSpec], host: [IPPrefix], pool: SubnetPool = .standard
    ) throws(EngineError) -> NetworkSpec {
        guard ipv4 || ipv6 else {
            throw EngineError(.invalidArgument, "IPv4 or IPv6 must be enabled")
        }
        var spec = self
        let taken = others.flatMap(\.subnets).map(\.prefix)
        for subnet in subnets {
            try SubnetCheck(subnet: subnet, spec: self).check()
            guard !taken.contains(where: { $0.overlaps(subnet.prefix) }) else {
                throw EngineError(
                    .conflict, "invalid pool request: Pool overlaps with other one on this address space",
                    hint: "subnet \(subnet.prefix) is in use by another network")
            }
        }
        for isIPv4 in [true, false] where subnets.filter({ $0.prefix.address.isIPv4 == isIPv4 }).count > 1 {
            throw EngineError(
                .invalidArgument, "a network has at most one \(isIPv4 ? "IPv4" : "IPv6") subnet")
        }
        if ipv4, !subnets.contains(where: { $0.prefix.address.isIPv4 }) {
            // Some VPNs lead everything away by routes that are nearly as wide as the world; they are no obstacle.
            guard let prefix = pool.free(avoiding: taken + host.filter { $0.length >= 8 }) else {
                throw EngineError(
                    .conflict, "all predefined address pools have been fully subnetted",
                    hint: "name a subnet with --subnet, or remove networks that are not used (network prune)")
            }
            spec.subnets.insert(Subnet(prefix: prefix), at: 0)
        }
        if ipv6, !subnets.contains(where: { !$0.prefix.address.isIPv4 }) {
            spec.subnets.append(Subnet(prefix: SubnetPool.uniqueLocal(avoiding: taken)))
        }
        for index in spec.subnets.indices where spec.subnets[index].gateway == nil {
            spec.subnets[index].gateway = try Self.gateway(of: spec.subnets[index])
        }
        return spec
    }

    /// The first address that is not reserved; of a subnet of two or less the very first one.
    private static func gateway(of subnet: Subnet) throws(EngineError) -> IPAddress {
        let range = subnet.prefix
        let begin: UInt64 = range.length >= range.width - 1 ? 0 : 1
        let reserved = Set(subnet.reserved.values)
        for index in begin...(begin + UInt64(reserved.count)) {
            if let address = range.address(at: index), address != range.broadcast, !reserved.contains(address) {
                return address
            }
        }
        throw EngineError(.invalidArgument, "no address of subnet \(range) is left for a gateway")
    }
}
