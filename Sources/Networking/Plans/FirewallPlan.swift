import Engine

/// Batches of nf_tables messages. Each names only the one table that it makes or takes away. All of their messages but a batch's
/// first and last ask for an acknowledgement.
public enum FirewallPlan {
    /// The table of a network.
    public static func table(of network: NetworkID) -> String { "spyhop-\(network.short)" }

    /// The table of a running container's ports.
    public static func table(of container: ContainerID) -> String { "spyhop-\(container.short)" }

    /// A network's table: nothing comes in that is neither an answer nor led in by a published port, and what goes out to the
    /// world, or comes back to the bridge through a published port, goes under the host's address. With `replacing` whatever table
    /// there is goes; else one that is there is `EEXIST`.
    public static func network(_ network: BridgeNetwork, replacing: Bool) -> [UInt8] {
        var batch = FirewallBatch(table: table(of: network.id))
        let comment = comment(of: network)
        if replacing {
            batch.replaceTable(isOwned: false, comment: comment)
        } else {
            batch.newTable(isExclusive: true, comment: comment)
        }
        let bridge = network.bridge
        batch.chain("forward", .forward)
        let leavesHere = FirewallMatch.outName(.equal, bridge)
        let comesFromElsewhere = FirewallMatch.inName(.unequal, bridge)
        if network.spec.isInternal {
            batch.rule("forward", leavesHere, comesFromElsewhere, [.drop])
            batch.rule(
                "forward", FirewallMatch.inName(.equal, bridge), FirewallMatch.outName(.unequal, bridge), [.drop])
            return batch.finished()
        }
        batch.rule("forward", leavesHere, FirewallMatch.established, [.accept])
        batch.rule("forward", leavesHere, FirewallMatch.isLedElsewhere, [.accept])
        batch.rule("forward", leavesHere, comesFromElsewhere, [.drop])
        batch.chain("postrouting", .postrouting)
        for subnet in [network.subnet4, network.subnet6].compactMap(\.?.prefix) {
            let source = FirewallMatch.source(subnet)
            if network.masquerades {
                batch.rule("postrouting", source, FirewallMatch.outName(.unequal, bridge), [.masquerade])
            }
            batch.rule("postrouting", source, leavesHere, FirewallMatch.isLedElsewhere, [.masquerade])
        }
        return batch.finished()
    }

    /// Takes a network's table away.
    public static func removal(of network: NetworkID) -> [UInt8] {
        var batch = FirewallBatch(table: table(of: network))
        batch.deleteTable()
        return batch.finished()
    }

    /// In a container's own namespace: what goes to the name server's `address` and port 53 is led to `port` there, so that
    /// port 53 stays the container's. For a namespace where it was not sent before.
    public static func names(address: IPAddress, port: UInt16) -> [UInt8] {
        var batch = FirewallBatch(table: "spyhop-names")
        batch.newTable()
        batch.chain("output", .output)
        let server = FirewallMatch.destination(IPPrefix(address, length: 128))
        for transport in TransportProtocol.allCases {
            batch.rule(
                "output", server, FirewallMatch.transport(transport), FirewallMatch.destinationPorts(53...53),
                FirewallMatch.lead(to: address, port: port))
        }
        return batch.finished()
    }

    /// The table's comment: it changes with the rules, so that those of another version are known.
    static func comment(of network: BridgeNetwork) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        let facts = [
            network.bridge, "\(network.spec.isInternal)", "\(network.masquerades)",
            network.subnet4.map { "\($0.prefix)" } ?? "", network.subnet6.map { "\($0.prefix)" } ?? "",
        ]
        for byte in facts.joined(separator: " ").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return "spyhop network \(network.id.short), rules \(rulesVersion).\(String(hash, radix: 16))"
    }

    /// To be counted up when the rules of `network(_:)` change.
    private static let rulesVersion = 1
}
