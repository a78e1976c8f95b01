import Engine

/// The lease file: one `KEY VALUE` a line, several of a kind where there are several, `end` last. Readers pass over keys that
/// they do not know.
extension Lease {
    /// The file's content.
    public var text: String {
        var lines = ["network \(endpoint.networkName)", "name \(endpoint.containerName)"]
        lines += endpoint.aliases.map { "alias \($0)" }
        if let ipv4 = endpoint.ipv4 { lines.append("ipv4 \(ipv4)") }
        if let ipv6 = endpoint.ipv6 { lines.append("ipv6 \(ipv6)") }
        if let gateway = endpoint.gateway4 { lines.append("gateway4 \(gateway)") }
        if let gateway = endpoint.gateway6 { lines.append("gateway6 \(gateway)") }
        lines.append("mac \(endpoint.macAddress)")
        lines.append("interface \(endpoint.interface)")
        lines.append("host \(endpoint.hostInterface)")
        lines += ports.map { "port \(Lease.text(of: $0))" }
        lines.append("end\n")
        return lines.joined(separator: "\n")
    }

    /// Reads a file's content; `nil` when it is being written (no `end`), or lacks what every lease has.
    public init?(text: String, network: NetworkID, container: ContainerID) {
        var endpoint = NetworkEndpoint(
            networkID: network, networkName: "", containerID: container, containerName: "",
            macAddress: MACAddress(bits: 0), interface: "", hostInterface: "")
        var ports: [PublishedPort] = []
        var isWhole = false
        for line in text.split(separator: "\n") {
            if line == "end" {
                isWhole = true
                break
            }
            guard let space = line.firstIndex(of: " ") else { continue }
            let value = line[line.index(after: space)...]
            if line[..<space] == "port" {
                if let port = Lease.port(value) { ports.append(port) }
            } else {
                Lease.read(line[..<space], String(value), into: &endpoint)
            }
        }
        guard isWhole, !endpoint.containerName.isEmpty, !endpoint.interface.isEmpty else { return nil }
        self.init(endpoint: endpoint, ports: ports)
    }

    private static func read(_ key: Substring, _ value: String, into endpoint: inout NetworkEndpoint) {
        switch key {
        case "network": endpoint.networkName = value
        case "name": endpoint.containerName = value
        case "alias": endpoint.aliases.append(value)
        case "ipv4": endpoint.ipv4 = IPPrefix(value)
        case "ipv6": endpoint.ipv6 = IPPrefix(value)
        case "gateway4": endpoint.gateway4 = IPAddress(value)
        case "gateway6": endpoint.gateway6 = IPAddress(value)
        case "mac": endpoint.macAddress = MACAddress(value) ?? endpoint.macAddress
        case "interface": endpoint.interface = value
        case "host": endpoint.hostInterface = value
        default: break
        }
    }

    /// `0.0.0.0:8080 80/tcp`, `[::]:8080 80/tcp`.
    private static func text(of port: PublishedPort) -> String {
        let address = port.hostAddress.isIPv4 ? "\(port.hostAddress)" : "[\(port.hostAddress)]"
        return "\(address):\(port.hostPort) \(port.container)"
    }

    private static func port(_ text: Substring) -> PublishedPort? {
        let words = text.split(separator: " ")
        guard words.count == 2, let container = ExposedPort(words[1]), let colon = words[0].lastIndex(of: ":"),
            let hostPort = UInt16(words[0][words[0].index(after: colon)...])
        else { return nil }
        var address = words[0][..<colon]
        if address.hasPrefix("["), address.hasSuffix("]") { address = address.dropFirst().dropLast() }
        guard let hostAddress = IPAddress(address) else { return nil }
        return PublishedPort(hostAddress: hostAddress, hostPort: hostPort, container: container)
    }
}
