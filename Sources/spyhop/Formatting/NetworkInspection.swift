import Engine

/// A container's networks and ports as `inspect` shows them, under docker's names.
enum NetworkInspection {
    /// The object `NetworkSettings`.
    static func value(_ details: ContainerDetails) -> JSONValue {
        let container = details.container
        let primary = container.endpoints.first
        let runs = container.state.isAlive
        let usual = container.networks.isEmpty ? modeAlone(container) : container.networks
        let networks = usual.map { name in
            let endpoint = container.endpoints.first { $0.networkName == name }
            let wish = details.spec.network?.attachments.first { $0.network == name }
            return JSONValue.Member(key: name, value: network(endpoint, wish, container))
        }
        return .object(
            [
                .init(key: "Bridge", value: ""),
                .init(key: "SandboxID", value: .string(runs ? container.id.rawValue : "")),
                .init(
                    key: "SandboxKey", value: .string(container.state.pid.map { "/proc/\($0)/ns/net" } ?? "")),
                .init(key: "Ports", value: runs ? ports(container) : .table([])),
            ] + addresses(primary)
                + [.init(key: "Networks", value: .table(networks.sorted { $0.key < $1.key }))])
    }

    /// Docker's map `ExposedPorts`: the keys are all that is in it.
    static func exposed(_ details: ContainerDetails) -> JSONValue {
        let ports = Set(details.container.exposedPorts + (details.spec.network?.ports.map(\.container) ?? []))
        guard !ports.isEmpty else { return nil }
        return .table(ports.sorted().map { .init(key: "\($0)", value: .table([])) })
    }

    /// Docker's map `PortBindings`: what was asked for.
    static func bindings(_ options: NetworkOptions?) -> JSONValue {
        grouped((options?.ports ?? []).map { ($0.container, binding($0)) })
    }

    /// An endpoint's 64 digits. There is nothing behind them but the container and the network.
    static func identifier(of endpoint: NetworkEndpoint) -> String {
        let digits = zip(endpoint.containerID.rawValue, endpoint.networkID.rawValue).map { one, other in
            String((one.hexDigitValue ?? 0) ^ (other.hexDigitValue ?? 0), radix: 16)
        }
        return digits.joined()
    }

    private static func modeAlone(_ container: Container) -> [String] {
        let mode = container.networkMode
        return mode.networkReference == nil && mode.containerReference == nil ? [mode.rawValue] : []
    }

    /// `80/tcp` to a list of places; `null` for a port that is only exposed.
    private static func ports(_ container: Container) -> JSONValue {
        let published = container.ports.sorted().map { port -> (ExposedPort, JSONValue) in
            let place: JSONValue = [
                "HostIp": .string("\(port.hostAddress)"), "HostPort": .string("\(port.hostPort)"),
            ]
            return (port.container, place)
        }
        let known = Set(published.map(\.0))
        let open = container.networkMode.isOwnNamespace ? Set(container.exposedPorts).subtracting(known) : []
        let members = (grouped(published).members ?? []) + open.map { .init(key: "\($0)", value: nil) }
        return .table(members.sorted { $0.key < $1.key })
    }

    private static func grouped(_ places: [(ExposedPort, JSONValue)]) -> JSONValue {
        let groups = Dictionary(grouping: places) { $0.0 }
        return .table(
            groups.sorted { $0.key < $1.key }.map { port, places in
                .init(key: "\(port)", value: .array(places.map(\.1)))
            })
    }

    private static func binding(_ mapping: PortMapping) -> JSONValue {
        let ports = mapping.hostPorts.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        return [
            "HostIp": .string(mapping.hostAddress?.description ?? ""), "HostPort": .string(ports ?? ""),
        ]
    }

    private static func network(
        _ endpoint: NetworkEndpoint?, _ wish: NetworkAttachment?, _ container: Container
    ) -> JSONValue {
        let aliases = endpoint?.aliases ?? wish?.aliases ?? []
        var configuration: JSONValue = nil
        if wish?.ipv4 != nil || wish?.ipv6 != nil {
            var members: [JSONValue.Member] = []
            if let ipv4 = wish?.ipv4 { members.append(.init(key: "IPv4Address", value: .string("\(ipv4)"))) }
            if let ipv6 = wish?.ipv6 { members.append(.init(key: "IPv6Address", value: .string("\(ipv6)"))) }
            configuration = .table(members)
        }
        let named: [JSONValue.Member] = [
            .init(key: "IPAMConfig", value: configuration), .init(key: "Links", value: nil),
            .init(key: "Aliases", value: aliases.isEmpty ? nil : .strings(aliases)),
            .init(key: "DriverOpts", value: nil),
            .init(key: "NetworkID", value: .string(endpoint?.networkID.rawValue ?? "")),
        ]
        let names = endpoint.map { [$0.containerName] + $0.aliases + [container.id.short] } ?? []
        let isNamed = endpoint != nil && endpoint?.networkName != NetworkMode.bridge.rawValue
        return .object(
            named + addresses(endpoint)
                + [.init(key: "DNSNames", value: isNamed ? .strings(names) : nil)])
    }

    private static func addresses(_ endpoint: NetworkEndpoint?) -> [JSONValue.Member] {
        [
            .init(key: "EndpointID", value: .string(endpoint.map(identifier) ?? "")),
            .init(key: "Gateway", value: .string(endpoint?.gateway4?.description ?? "")),
            .init(key: "GlobalIPv6Address", value: .string(endpoint?.ipv6?.address.description ?? "")),
            .init(key: "GlobalIPv6PrefixLen", value: .integer(Int64(endpoint?.ipv6?.length ?? 0))),
            .init(key: "IPAddress", value: .string(endpoint?.ipv4?.address.description ?? "")),
            .init(key: "IPPrefixLen", value: .integer(Int64(endpoint?.ipv4?.length ?? 0))),
            .init(key: "IPv6Gateway", value: .string(endpoint?.gateway6?.description ?? "")),
            .init(key: "MacAddress", value: .string(endpoint?.macAddress.description ?? "")),
        ]
    }
}
