import Engine

extension LinkInfo {
    /// Reads an RTM_NEWLINK; `nil` for anything else.
    init?(_ message: NetlinkMessage) {
        guard message.type == RouteMessage.newLink, let index = message.payload.load(Int32.self, at: 4),
            let flags = message.payload.load(UInt32.self, at: 8)
        else { return nil }
        let attributes = NetlinkAttributes(message.payload.dropFirst(16))
        guard let name = attributes.string(RouteMessage.Link.name) else { return nil }
        let figures = attributes.value(RouteMessage.Link.statistics) ?? []
        let hardware = attributes.value(RouteMessage.Link.address)
        self.init(
            index: index, name: name,
            kind: attributes.nested(RouteMessage.Link.information)?.string(RouteMessage.Link.informationKind),
            mtu: attributes.number(RouteMessage.Link.mtu) ?? 0, isUp: flags & RouteMessage.up != 0,
            master: attributes.number(RouteMessage.Link.master).map { Int32(bitPattern: $0) },
            macAddress: hardware.flatMap { value in
                value.count == 6 ? MACAddress(bits: value.reduce(0) { $0 << 8 | UInt64($1) }) : nil
            },
            alias: attributes.string(RouteMessage.Link.alias),
            receivedBytes: figures.load(UInt64.self, at: 16) ?? 0,
            receivedPackets: figures.load(UInt64.self, at: 0) ?? 0,
            sentBytes: figures.load(UInt64.self, at: 24) ?? 0, sentPackets: figures.load(UInt64.self, at: 8) ?? 0)
    }
}
