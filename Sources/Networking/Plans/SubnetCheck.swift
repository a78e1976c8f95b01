import Engine

/// Whether what was asked for a subnet fits together; the words are docker's.
struct SubnetCheck {
    let subnet: NetworkSpec.Subnet
    let spec: NetworkSpec

    func check() throws(EngineError) {
        let prefix = subnet.prefix
        guard prefix.address.isIPv4 ? spec.ipv4 : spec.ipv6 else {
            throw invalid(
                "invalid subnet \(prefix): \(prefix.address.isIPv4 ? "IPv4" : "IPv6") has been disabled for this network"
            )
        }
        guard prefix.isSubnet else { throw invalid("invalid subnet \(prefix): it should be \(prefix.subnet)") }
        guard !prefix.first.isMulticast, !prefix.first.isLoopback, !prefix.first.isUnspecified else {
            throw invalid("invalid subnet \(prefix): its addresses are not for hosts")
        }
        // A bridge and one container are the least that makes a network.
        guard prefix.length < prefix.width else { throw invalid("invalid subnet \(prefix): it has a single address") }
        if let range = subnet.range {
            guard range.isSubnet else { throw invalid("invalid ip-range \(range): it should be \(range.subnet)") }
            guard prefix.contains(range) else {
                throw invalid("invalid ip-range \(range): parent subnet \(prefix) doesn't contain ip-range")
            }
        }
        if let gateway = subnet.gateway { try check(gateway, "gateway") }
        for (name, address) in subnet.reserved.sorted(by: { $0.key < $1.key }) {
            guard prefix.contains(address) else {
                throw invalid(
                    "invalid auxiliary address \(name) \(address): parent subnet \(prefix) doesn't contain this address"
                )
            }
        }
    }

    private func check(_ address: IPAddress, _ what: String) throws(EngineError) {
        guard subnet.prefix.contains(address) else {
            throw invalid("invalid \(what) \(address): parent subnet \(subnet.prefix) doesn't contain this address")
        }
        let hasEnds = subnet.prefix.length < subnet.prefix.width - 1
        guard !hasEnds || address != subnet.prefix.first, address != subnet.prefix.broadcast else {
            throw invalid("invalid \(what) \(address): it stands for all of subnet \(subnet.prefix)")
        }
    }

    private func invalid(_ reason: String) -> EngineError {
        EngineError(.invalidArgument, "invalid network config: \(reason)")
    }
}
