import Engine
import Glibc
import LinuxSystem

extension NetworkHome {
    /// Makes the network's bridge and rules, or looks that they are as they should be. Several processes may do so at once.
    /// Throws when the bridge's name belongs to an interface that is not ours, and when the kernel refuses.
    public func prepare(_ network: BridgeNetwork) throws(EngineError) -> PreparedBridge {
        try BridgeMaker(home: self, network: network).prepare()
    }

    /// Takes the bridge and its rules away; what is not there, or not ours, is passed over.
    public func remove(_ network: BridgeNetwork) throws(EngineError) {
        try BridgeMaker(home: self, network: network).remove()
    }

    /// All addresses and routes of the namespace, that no new subnet may collide with. Routes to everywhere do not count.
    public func prefixes() throws(EngineError) -> [IPPrefix] {
        try asking("the host's addresses and routes") { socket throws(NetlinkError) in
            let addresses = try socket.dump(RouteRequest.addresses).compactMap(AddressInfo.init).map(\.prefix.subnet)
            let routes = try socket.dump(RouteRequest.routes).compactMap(RouteInfo.init).map(\.destination)
            return Array(Set(addresses + routes).filter { $0.length > 0 })
        }
    }

    /// All interfaces with their figures.
    public func links() throws(EngineError) -> [LinkInfo] {
        try asking("the host's interfaces") { socket throws(NetlinkError) in
            try socket.dump(RouteRequest.links).compactMap(LinkInfo.init)
        }
    }

    /// The interface of that name.
    public func link(named name: String) throws(EngineError) -> LinkInfo? {
        try asking("interface \(name)") { socket throws(NetlinkError) in
            try socket.get(RouteRequest.link(named: name)).flatMap(LinkInfo.init)
        }
    }

    func asking<Value>(
        _ what: String, _ body: (NetlinkSocket) throws(NetlinkError) -> Value
    ) throws(EngineError) -> Value {
        let socket = try socket(.route)
        do throws(NetlinkError) { return try body(socket) } catch {
            throw EngineError(.system, "cannot ask the kernel for \(what)", cause: error)
        }
    }
}
