import Engine

extension NetworkHome {
    /// All addresses of interfaces.
    func addresses() throws(EngineError) -> [AddressInfo] {
        try asking("the host's addresses") { socket throws(NetlinkError) in
            try socket.dump(RouteRequest.addresses).compactMap(AddressInfo.init)
        }
    }

    /// The MTU of the interface that the default route leads through; IPv4's before IPv6's, 1500 where there is none.
    func defaultMTU() throws(EngineError) -> UInt32 {
        let routes = try asking("the host's routes") { socket throws(NetlinkError) in
            try socket.dump(RouteRequest.routes).compactMap(RouteInfo.init)
        }
        let ways = routes.filter { $0.destination.length == 0 && $0.interface != nil }
        let best = ways.min { left, right in
            let families = (left.destination.address.isIPv4, right.destination.address.isIPv4)
            return families.0 == families.1 ? left.priority < right.priority : families.0
        }
        guard let best else { return 1500 }
        let mtu = try links().first { $0.index == best.interface }?.mtu ?? 1500
        return min(max(mtu, 1280), 65535)
    }
}
