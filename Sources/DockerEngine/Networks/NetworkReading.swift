import Engine

/// Networks as `/networks` has them, both ways.
enum NetworkReading {
    private static let predefined: Set<String> = ["bridge", "host", "none", "podman"]

    static func network(_ node: JSONNode) -> Network? {
        guard let id = node["Id"]?.words, let name = node["Name"]?.words else { return nil }
        var spec = NetworkSpec(name: name)
        spec.driver = node["Driver"]?.string ?? ""
        spec.isInternal = node["Internal"]?.isTrue ?? false
        spec.ipv6 = node["EnableIPv6"]?.isTrue ?? false
        spec.ipv4 = node["EnableIPv4"].map(\.isTrue) ?? true
        spec.labels = node["Labels"]?.texts ?? [:]
        spec.options = node["Options"]?.texts ?? [:]
        spec.subnets = (node["IPAM"]?["Config"]?.items ?? []).compactMap { item in
            guard let prefix = (item["Subnet"]?.words).flatMap({ IPPrefix($0) }) else { return nil }
            return NetworkSpec.Subnet(
                prefix: prefix, gateway: (item["Gateway"]?.words).flatMap { IPAddress($0) },
                range: (item["IPRange"]?.words).flatMap { IPPrefix($0) },
                reserved: (item["AuxiliaryAddresses"]?.texts ?? [:]).compactMapValues { IPAddress($0) })
        }
        let network = NetworkID(rawValue: id)
        let endpoints = (node["Containers"]?.members ?? [:]).sorted { $0.key < $1.key }.map { container, endpoint in
            NetworkEndpoint(
                networkID: network, networkName: name, containerID: ContainerID(rawValue: container),
                containerName: endpoint["Name"]?.string ?? "",
                ipv4: (endpoint["IPv4Address"]?.words).flatMap { IPPrefix($0) },
                ipv6: (endpoint["IPv6Address"]?.words).flatMap { IPPrefix($0) },
                macAddress: (endpoint["MacAddress"]?.words).flatMap { MACAddress($0) } ?? MACAddress(bits: 0),
                interface: "", hostInterface: "")
        }
        return Network(
            id: network, createdAt: node["Created"]?.moment ?? Timestamp(seconds: 0), spec: spec,
            bridge: spec.options["com.docker.network.bridge.name"] ?? "", endpoints: endpoints,
            isPredefined: predefined.contains(name))
    }

    static func document(_ spec: NetworkSpec) -> JSONNode {
        var node: [String: JSONNode] = [
            "Name": .string(spec.name), "CheckDuplicate": .bool(true), "Driver": .string(spec.driver),
            "Internal": .bool(spec.isInternal), "EnableIPv6": .bool(spec.ipv6), "Labels": .texts(spec.labels),
            "Options": .texts(spec.options),
        ]
        if !spec.ipv4 { node["EnableIPv4"] = .bool(false) }
        if !spec.subnets.isEmpty {
            let entries = spec.subnets.map { subnet -> JSONNode in
                var entry: [String: JSONNode] = ["Subnet": .string(subnet.prefix.description)]
                if let gateway = subnet.gateway { entry["Gateway"] = .string("\(gateway)") }
                if let range = subnet.range { entry["IPRange"] = .string(range.description) }
                if !subnet.reserved.isEmpty {
                    entry["AuxiliaryAddresses"] = .texts(subnet.reserved.mapValues { "\($0)" })
                }
                return .object(entry)
            }
            node["IPAM"] = .object(["Driver": .string("default"), "Config": .list(entries)])
        }
        return .object(node)
    }
}
