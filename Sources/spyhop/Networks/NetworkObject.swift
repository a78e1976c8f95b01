import Engine

/// A network as `network inspect` shows it: docker's names and order.
enum NetworkObject {
    /// The whole object.
    static func value(_ network: Network) -> JSONValue {
        let spec = network.spec
        var options = spec.options
        if !network.bridge.isEmpty { options["com.docker.network.bridge.name"] = network.bridge }
        return [
            "Name": .string(network.name),
            "Id": .string(network.id.rawValue),
            "Created": .string(network.createdAt.rfc3339),
            "Scope": "local",
            "Driver": .string(spec.driver),
            "EnableIPv4": .bool(spec.ipv4),
            "EnableIPv6": .bool(spec.ipv6),
            "IPAM": [
                "Driver": "default",
                "Options": nil,
                "Config": .array(spec.subnets.map(subnet)),
            ],
            "Internal": .bool(spec.isInternal),
            "Attachable": false,
            "Ingress": false,
            "ConfigFrom": ["Network": ""],
            "ConfigOnly": false,
            "Containers": .table(
                network.endpoints.map { .init(key: $0.containerID.rawValue, value: container($0)) }),
            "Options": .map(options),
            "Labels": .map(spec.labels),
        ]
    }

    private static func subnet(_ subnet: NetworkSpec.Subnet) -> JSONValue {
        var members: [JSONValue.Member] = [.init(key: "Subnet", value: .string("\(subnet.prefix)"))]
        if let range = subnet.range { members.append(.init(key: "IPRange", value: .string("\(range)"))) }
        if let gateway = subnet.gateway { members.append(.init(key: "Gateway", value: .string("\(gateway)"))) }
        if !subnet.reserved.isEmpty {
            members.append(
                .init(key: "AuxiliaryAddresses", value: .map(subnet.reserved.mapValues(\.description))))
        }
        return .table(members)
    }

    private static func container(_ endpoint: NetworkEndpoint) -> JSONValue {
        [
            "Name": .string(endpoint.containerName),
            "EndpointID": .string(NetworkInspection.identifier(of: endpoint)),
            "MacAddress": .string("\(endpoint.macAddress)"),
            "IPv4Address": .string(endpoint.ipv4.map { "\($0)" } ?? ""),
            "IPv6Address": .string(endpoint.ipv6.map { "\($0)" } ?? ""),
        ]
    }
}
