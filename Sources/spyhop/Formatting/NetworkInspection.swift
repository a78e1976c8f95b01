import Engine

/// A container's network as `inspect` shows it. There are no addresses of its own to show, but the fields that scripts
/// ask for are there and empty, as docker has them for its `none` and `host` networks.
enum NetworkInspection {
    /// The object `NetworkSettings`.
    static func value(_ container: Container) -> JSONValue {
        let addresses: [JSONValue.Member] = [
            .init(key: "EndpointID", value: ""), .init(key: "Gateway", value: ""),
            .init(key: "GlobalIPv6Address", value: ""), .init(key: "GlobalIPv6PrefixLen", value: 0),
            .init(key: "IPAddress", value: ""), .init(key: "IPPrefixLen", value: 0),
            .init(key: "IPv6Gateway", value: ""), .init(key: "MacAddress", value: ""),
        ]
        let named: [JSONValue.Member] = [
            .init(key: "IPAMConfig", value: nil), .init(key: "Links", value: nil), .init(key: "Aliases", value: nil),
            .init(key: "NetworkID", value: ""),
        ]
        let network = JSONValue.Member(key: container.networkMode.rawValue, value: .object(named + addresses))
        return .object(
            [.init(key: "Bridge", value: ""), .init(key: "Ports", value: .table([]))] + addresses
                + [.init(key: "Networks", value: .table([network]))])
    }
}
