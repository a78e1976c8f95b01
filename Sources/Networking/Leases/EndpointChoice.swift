import Engine

/// Which addresses and interfaces a container gets, others on the network being what they are. Pure.
struct EndpointChoice {
    let request: LeaseRequest
    let others: [Lease]

    func endpoint() throws(EngineError) -> NetworkEndpoint {
        let spec = request.network
        let subnet4 = spec.ipv4 ? spec.subnets.first { $0.prefix.address.isIPv4 } : nil
        let subnet6 = spec.ipv6 ? spec.subnets.first { !$0.prefix.address.isIPv4 } : nil
        try refuse(request.attachment.ipv4, without: subnet4)
        try refuse(request.attachment.ipv6, without: subnet6)
        let ipv4 = try address(request.attachment.ipv4, of: subnet4, taken: others.compactMap(\.endpoint.ipv4?.address))
        let ipv6 = try address(request.attachment.ipv6, of: subnet6, taken: others.compactMap(\.endpoint.ipv6?.address))
        return NetworkEndpoint(
            networkID: request.networkID, networkName: spec.name, containerID: request.containerID,
            containerName: request.containerName, ipv4: ipv4, ipv6: ipv6,
            gateway4: spec.isInternal ? nil : subnet4?.gateway, gateway6: spec.isInternal ? nil : subnet6?.gateway,
            macAddress: try macAddress(ipv4: ipv4, ipv6: ipv6), aliases: request.attachment.aliases,
            interface: InterfaceName.inside(request.number),
            hostInterface: InterfaceName.hostEnd(of: request.containerID, on: request.networkID))
    }

    private func refuse(_ wanted: IPAddress?, without subnet: NetworkSpec.Subnet?) throws(EngineError) {
        guard let wanted, subnet == nil else { return }
        throw EngineError(
            .invalidArgument,
            "invalid endpoint settings: network \(request.network.name) has no \(wanted.isIPv4 ? "IPv4" : "IPv6") subnet "
                + "for the address \(wanted)")
    }

    private func address(
        _ wanted: IPAddress?, of subnet: NetworkSpec.Subnet?, taken: [IPAddress]
    ) throws(EngineError) -> IPPrefix? {
        guard let subnet else { return nil }
        var allocator = AddressAllocator(subnet: subnet, used: taken)
        guard let wanted else { return IPPrefix(try allocator.next(), length: subnet.prefix.length) }
        try allocator.claim(wanted)
        return IPPrefix(wanted, length: subnet.prefix.length)
    }

    private func macAddress(ipv4: IPPrefix?, ipv6: IPPrefix?) throws(EngineError) -> MACAddress {
        let taken = Set(others.map(\.endpoint.macAddress))
        if let wanted = request.attachment.macAddress {
            guard !wanted.isMulticastOrZero else {
                throw EngineError(
                    .invalidArgument, "invalid MAC address \(wanted): it does not name a single interface")
            }
            guard !taken.contains(wanted) else {
                throw EngineError(.conflict, "MAC address already in use on the network: \(wanted)")
            }
            return wanted
        }
        let derived = (ipv4 ?? ipv6).map { MACAddress(derivedFrom: $0.address) } ?? .random()
        return taken.contains(derived) ? .random() : derived
    }
}
