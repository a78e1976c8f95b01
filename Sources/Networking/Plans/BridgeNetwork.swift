import Engine

/// A network as its bridge and its rules need it: what its request's options come to.
public struct BridgeNetwork: Sendable, Hashable {
    /// The network.
    public let id: NetworkID
    /// Its request, complete: every subnet has a gateway.
    public let spec: NetworkSpec
    /// The bridge's name.
    public let bridge: String
    /// The MTU that was asked for; `nil` is that of the interface of the host's default route.
    public let mtu: UInt32?
    /// Containers reach the world under the host's addresses.
    public let masquerades: Bool
    /// Where ports are published that name no address; `nil` is everywhere.
    public let bindAddress: IPAddress?

    /// Reads the options (`com.docker.network.bridge.name`, `com.docker.network.driver.mtu`,
    /// `com.docker.network.bridge.enable_ip_masquerade`, `….host_binding_ipv4`, `….enable_icc`). Throws for a value that makes
    /// no sense, and for one that is not offered.
    public init(id: NetworkID, spec: NetworkSpec) throws(EngineError) {
        self.id = id
        self.spec = spec
        let options = BridgeOptions(spec.options)
        bridge =
            try options.name ?? (spec.name == "bridge" ? InterfaceName.defaultBridge : InterfaceName.bridge(of: id))
        mtu = try options.mtu
        masquerades = try options.masquerades
        bindAddress = try options.bindAddress
        try options.refuseUnknown()
    }

    var subnet4: NetworkSpec.Subnet? { spec.ipv4 ? spec.subnets.first { $0.prefix.address.isIPv4 } : nil }
    var subnet6: NetworkSpec.Subnet? { spec.ipv6 ? spec.subnets.first { !$0.prefix.address.isIPv4 } : nil }
}
