import Engine

/// A route that takes packets away to somewhere else than this host.
struct RouteInfo: Hashable {
    var destination: IPPrefix
    /// The interface's index.
    var interface: Int32?
    var priority: UInt32

    /// Reads an RTM_NEWROUTE; `nil` for anything else, for routes to the host itself, broadcasts and multicast.
    init?(_ message: NetlinkMessage) {
        let payload = message.payload
        guard message.type == RouteMessage.newRoute, let family = payload.load(UInt8.self, at: 0),
            let length = payload.load(UInt8.self, at: 1), let kind = payload.load(UInt8.self, at: 7),
            family == RouteMessage.ipv4 || family == RouteMessage.ipv6,
            // RTN_UNICAST, RTN_BLACKHOLE, RTN_UNREACHABLE, RTN_PROHIBIT
            [1, 6, 7, 8].contains(kind)
        else { return nil }
        let attributes = NetlinkAttributes(payload.dropFirst(12))
        let everything: IPAddress = family == RouteMessage.ipv4 ? .v4(0) : .v6(0, 0)
        let value = attributes.value(RouteMessage.Route.destination)
        guard let address = value.map({ IPAddress(bytes: $0) }) ?? everything else { return nil }
        destination = IPPrefix(address, length: Int(length))
        interface = attributes.number(RouteMessage.Route.interface).map { Int32(bitPattern: $0) }
        priority = attributes.number(RouteMessage.Route.priority) ?? 0
    }
}
