import CLinux
import Engine
import Glibc
import LinuxSystem

/// Makes one network's bridge, its addresses and its rules, each step so that it does no harm when it is done already.
struct BridgeMaker {
    let home: NetworkHome
    let network: BridgeNetwork

    func prepare() throws(EngineError) -> PreparedBridge {
        let (ready, warnings) = try home.inside { () throws(EngineError) in look() }
        let bridge = if let ready { ready } else { try make() }
        try FirewallSender(home: home).ensure(network)
        return PreparedBridge(index: bridge.index, mtu: network.mtu ?? bridge.mtu, warnings: warnings)
    }

    private struct Bridge: Sendable {
        var index: Int32
        var mtu: UInt32
    }

    /// The bridge, if nothing is to be done about it, and what keeps packets from being passed on. Asked so that nothing waits for
    /// the kernel's lock on links, which the end of another container's namespace may hold for milliseconds.
    private func look() -> (Bridge?, [String]) {
        // An internal network's packets go nowhere else.
        let warnings =
            network.spec.isInternal
            ? [] : Forwarding.switchOn(ipv4: network.subnet4 != nil, ipv6: network.subnet6 != nil)
        var facts = sph_interface()
        guard sph_interface_facts(network.bridge, &facts) == 0, facts.mac == macAddress.bits,
            facts.flags & RouteMessage.up != 0
        else { return (nil, warnings) }
        for gateway in [network.subnet4?.gateway, network.subnet6?.gateway].compactMap({ $0 }) {
            guard sph_is_own_address(gateway.bytes, gateway.isIPv4 ? 0 : 1) == 1 else { return (nil, warnings) }
        }
        return (Bridge(index: facts.index, mtu: facts.mtu), warnings)
    }

    private func make() throws(EngineError) -> Bridge {
        let socket = try home.socket(.route)
        let link = if let found = try existing(socket) { found } else { try create(socket) }
        try dress(link, socket)
        return Bridge(index: link.index, mtu: link.mtu)
    }

    func remove() throws(EngineError) {
        let socket = try home.socket(.route)
        if let link = try find(socket), isOurs(link) {
            try inWords("remove bridge \(network.bridge)") { () throws(NetlinkError) in
                try socket.send(BridgeMessages.removal(index: link.index), ignoring: [ENODEV])
            }
        }
        try FirewallSender(home: home).remove(network.id)
    }

    /// Its address tells a bridge of ours from the moment it is made; the alias says so to people, and to sweepers.
    private var macAddress: MACAddress { BridgeMessages.macAddress(of: network.id) }

    private func isOurs(_ link: LinkInfo) -> Bool {
        link.kind == "bridge" && (link.alias == BridgeMessages.alias(of: network.id) || link.macAddress == macAddress)
    }

    private func find(_ socket: NetlinkSocket) throws(EngineError) -> LinkInfo? {
        try inWords("look for bridge \(network.bridge)") { () throws(NetlinkError) in
            try socket.get(RouteRequest.link(named: network.bridge)).flatMap(LinkInfo.init)
        }
    }

    private func existing(_ socket: NetlinkSocket) throws(EngineError) -> LinkInfo? {
        guard let link = try find(socket) else { return nil }
        guard isOurs(link) else {
            throw EngineError(
                .conflict,
                "cannot make the bridge of network \(network.spec.name): there is an interface \(network.bridge) already "
                    + "that is not its own",
                hint: "remove it (ip link delete \(network.bridge)), or give the network's bridge another name with "
                    + "-o com.docker.network.bridge.name=NAME")
        }
        return link
    }

    private func create(_ socket: NetlinkSocket) throws(EngineError) -> LinkInfo {
        try refuseForeignAddresses()
        let mtu = if let wanted = network.mtu { wanted } else { try home.defaultMTU() }
        try inWords("make bridge \(network.bridge)") { () throws(NetlinkError) in
            try socket.send(BridgeMessages.creation(name: network.bridge, address: macAddress), ignoring: [EEXIST])
        }
        guard var link = try existing(socket) else {
            throw EngineError(.system, "cannot make bridge \(network.bridge): it vanished while it was made")
        }
        try inWords("set the MTU of bridge \(network.bridge) to \(mtu)") { () throws(NetlinkError) in
            try socket.send(BridgeMessages.mtu(mtu, of: link.index))
        }
        link.mtu = mtu
        return link
    }

    /// Addresses, alias, up. What is right already costs the kernel next to nothing.
    private func dress(_ link: LinkInfo, _ socket: NetlinkSocket) throws(EngineError) {
        let isMarked = link.isUp && link.alias == BridgeMessages.alias(of: network.id)
        try inWords("set up bridge \(network.bridge)") { () throws(NetlinkError) in
            try socket.send(
                BridgeMessages.dressing(network, index: link.index, marks: !isMarked), ignoring: [EEXIST])
        }
    }

    /// A subnet that the host is in by another interface would take that interface's packets away.
    private func refuseForeignAddresses() throws(EngineError) {
        let subnets = network.spec.subnets.map(\.prefix)
        let found = try home.addresses().first { address in
            !address.prefix.address.isLinkLocal && subnets.contains { $0.overlaps(address.prefix) }
        }
        guard let found else { return }
        let name = try home.links().first { $0.index == found.index }?.name
        // A bridge of this very network that another process has just made.
        if name == network.bridge { return }
        throw EngineError(
            .conflict,
            "the subnet of network \(network.spec.name) overlaps \(found.prefix) of the host's interface "
                + (name ?? "\(found.index)"),
            hint: "remove the network and create it anew, or name another subnet with --subnet")
    }

    private func inWords<Value>(
        _ action: @autoclosure () -> String, _ body: () throws(NetlinkError) -> Value
    ) throws(EngineError) -> Value {
        do throws(NetlinkError) { return try body() } catch { throw error.refused(action()) }
    }
}
