import Engine

extension LinkPlan {
    /// The messages for an endpoint.
    public init(_ endpoint: NetworkEndpoint, _ settings: Settings) {
        // Chosen, so that the messages inside are ready bytes. Small numbers belong to fallback tunnels, which some hosts put into
        // every new namespace.
        let inside = 64 &+ Int32(truncatingIfNeeded: settings.number)
        var outer = NetlinkBatch()
        var patches: [Int] = []
        outer.message(RouteMessage.newLink, [.acknowledge, .create, .exclusive]) {
            // The kernel takes the peer's number only together with one for this end.
            $0.linkHeader(
                index: Self.outsideIndex(endpoint), flags: RouteMessage.up, change: RouteMessage.up)
            $0.attribute(RouteMessage.Link.name, endpoint.hostInterface)
            $0.attribute(RouteMessage.Link.mtu, settings.mtu)
            $0.singleQueue()
            $0.attribute(RouteMessage.Link.master, settings.bridgeIndex)
            $0.nested(RouteMessage.Link.information) {
                $0.attribute(RouteMessage.Link.informationKind, "veth")
                $0.nested(RouteMessage.Link.informationData) {
                    $0.nested(RouteMessage.Link.peer) {
                        $0.linkHeader(index: inside)
                        $0.attribute(RouteMessage.Link.name, endpoint.interface)
                        $0.attribute(RouteMessage.Link.mtu, settings.mtu)
                        $0.singleQueue()
                        $0.attribute(RouteMessage.Link.address, endpoint.macAddress.bytes)
                        patches.append($0.attribute(RouteMessage.Link.namespaceDescriptor) { $0.write(Int32(-1)) })
                    }
                }
            }
        }
        outer.reflect(Self.outsideIndex(endpoint))
        outer.settle(Self.outsideIndex(endpoint))
        self.outer = outer.bytes
        self.patches = patches
        inner = Self.inner(endpoint, settings, index: inside)
        var removal = NetlinkBatch()
        removal.deleteLink(named: endpoint.hostInterface)
        self.removal = removal.bytes
    }

    private static func inner(_ endpoint: NetworkEndpoint, _ settings: Settings, index: Int32) -> [UInt8] {
        var inner = NetlinkBatch()
        // lo is always the first.
        inner.switchOn(1)
        if let address = endpoint.ipv4 { inner.address(address, on: index) }
        if let address = endpoint.ipv6 { inner.address(address, on: index) }
        inner.switchOn(index)
        inner.settle(index)
        if settings.isDefaultRoute {
            // The kernel's own metrics for routes that name none are 0 and 1024; the next interface's takes over when this one goes.
            let metric = UInt32(clamping: settings.number)
            if endpoint.ipv4 != nil, let gateway = endpoint.gateway4 {
                inner.defaultRoute(gateway, on: index, metric: metric)
            }
            if endpoint.ipv6 != nil, let gateway = endpoint.gateway6 {
                inner.defaultRoute(gateway, on: index, metric: 1024 + metric)
            }
        }
        return inner.bytes
    }

    /// The message of `outer` that is sent once more when the other end is up.
    var settling: [UInt8] {
        var lengths: [Int] = []
        for message in NetlinkReader(outer) { lengths.append(message.payload.count + NetlinkMessage.headerSize) }
        return Array(outer.suffix(lengths.last ?? 0))
    }

    /// Far above what the kernel counts up to by itself, and with 29 bits of the identifiers' hash hardly ever met twice.
    static func outsideIndex(_ endpoint: NetworkEndpoint) -> Int32 {
        let hash = InterfaceName.mixed(endpoint.containerID, endpoint.networkID)
        return Int32(truncatingIfNeeded: 1 << 30 | hash >> 16 & 0x1fff_ffff)
    }
}
