import Engine

/// The messages that make and dress a bridge.
enum BridgeMessages {
    static func creation(name: String, address: MACAddress) -> [UInt8] {
        var batch = NetlinkBatch()
        batch.message(RouteMessage.newLink, [.acknowledge, .create, .exclusive]) {
            $0.linkHeader()
            $0.attribute(RouteMessage.Link.name, name)
            // A bridge without an address of its own takes the least of its ports', and neighbours lose it as they come and go.
            $0.attribute(RouteMessage.Link.address, address.bytes)
            $0.nested(RouteMessage.Link.information) { $0.attribute(RouteMessage.Link.informationKind, "bridge") }
        }
        return batch.bytes
    }

    /// A message of its own: only so does the bridge keep it when ports come and go.
    static func mtu(_ mtu: UInt32, of index: Int32) -> [UInt8] {
        var batch = NetlinkBatch()
        batch.message(RouteMessage.setLink, .acknowledge) {
            $0.linkHeader(index: index)
            $0.attribute(RouteMessage.Link.mtu, mtu)
        }
        return batch.bytes
    }

    /// Addresses; with `marks` also the alias, and up.
    static func dressing(_ network: BridgeNetwork, index: Int32, marks: Bool) -> [UInt8] {
        var batch = NetlinkBatch()
        if marks {
            batch.message(RouteMessage.setLink, .acknowledge) {
                $0.linkHeader(index: index)
                $0.withoutLinkLocal()
            }
            batch.switchOn(index)
        }
        for subnet in [network.subnet4, network.subnet6] {
            if let subnet, let gateway = subnet.gateway {
                batch.address(IPPrefix(gateway, length: subnet.prefix.length), on: index)
            }
        }
        // One that the kernel makes is of no use for seconds, and without one the host asks for no neighbour on behalf of others.
        if network.subnet6 != nil {
            batch.address(IPPrefix(macAddress(of: network.id).linkLocalAddress, length: 64), on: index)
        }
        if marks {
            batch.message(RouteMessage.setLink, .acknowledge) {
                $0.linkHeader(index: index)
                $0.attribute(RouteMessage.Link.alias, alias(of: network.id))
            }
        }
        return batch.bytes
    }

    static func removal(index: Int32) -> [UInt8] {
        var batch = NetlinkBatch()
        batch.message(RouteMessage.deleteLink, .acknowledge) { $0.linkHeader(index: index) }
        return batch.bytes
    }

    /// What stands in front of the network's identifier in a bridge's alias.
    static let aliasPrefix = "spyhop network "

    static func alias(of network: NetworkID) -> String { aliasPrefix + network.rawValue }

    /// Locally administered, made of the identifier's first digits.
    static func macAddress(of network: NetworkID) -> MACAddress {
        let digits = UInt64(network.rawValue.prefix(10), radix: 16) ?? 0
        return MACAddress(bits: 0x02 << 40 | digits)
    }
}
