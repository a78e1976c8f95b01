import Engine

extension FirewallPlan {
    /// A running container's table, owned by the socket that sends it: what comes for a published port, from outside or from this
    /// host, is led to the container's addresses. Loopback (127.0.0.0/8, ::1) is left to who listens there, and so is a family in
    /// which the container has no address. It replaces itself; `nil` where no port leads anywhere.
    public static func ports(
        of container: ContainerID, _ ports: [PublishedPort], ipv4: IPAddress?, ipv6: IPAddress?
    ) -> [UInt8]? {
        let stretches = PortStretch.joined(ports.filter { !$0.hostAddress.isLoopback })
        let led = stretches.compactMap { stretch in
            (stretch.hostAddress.isIPv4 ? ipv4 : ipv6).map { (stretch, $0) }
        }
        guard !led.isEmpty else { return nil }
        var batch = FirewallBatch(table: table(of: container))
        batch.replaceTable(isOwned: true)
        batch.chain("ports")
        for (stretch, target) in led {
            let address = stretch.hostAddress
            let place =
                address.isUnspecified
                ? FirewallMatch.family(FirewallExpression.IPFamily(address))
                : FirewallMatch.destination(IPPrefix(address, length: 128))
            batch.rule(
                "ports", place, FirewallMatch.transport(stretch.transport),
                FirewallMatch.destinationPorts(stretch.hostPorts),
                FirewallMatch.lead(to: target, port: stretch.containerPort))
        }
        batch.chain("prerouting", .prerouting)
        batch.rule("prerouting", FirewallMatch.toThisHost, [.jump("ports")])
        batch.chain("output", .output)
        batch.rule("output", FirewallMatch.destination(IPPrefix(.v4(0x7f00_0000), length: 8)), [.leave])
        batch.rule("output", FirewallMatch.destination(IPPrefix(.v6(0, 1), length: 128)), [.leave])
        batch.rule("output", FirewallMatch.toThisHost, [.jump("ports")])
        return batch.finished()
    }

    /// Takes a container's table away, where its owner disowned it.
    public static func removal(of container: ContainerID) -> [UInt8] {
        var batch = FirewallBatch(table: table(of: container))
        batch.deleteTable()
        return batch.finished()
    }
}
