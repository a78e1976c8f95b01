import Engine

/// What a container is connected with: networks, volumes, ports.
extension Container {
    /// The networks it is on, or will be on when it starts.
    var networkNames: [String] {
        let now = endpoints.map(\.networkName)
        return now.isEmpty ? [networkMode.networkReference].compactMap { $0 } : now
    }

    /// The volumes it mounts, and where.
    var volumeMounts: [(name: String, mount: MountSpec)] {
        mounts.compactMap { mount in
            guard case .volume(let volume) = mount.source, let name = volume.name else { return nil }
            return (name, mount)
        }
    }

    var volumeNames: [String] { volumeMounts.map(\.name) }

    /// TCP first, for that is what people look for; then by number.
    private var portsAsRead: [PublishedPort] {
        let sorted = ports.sorted()
        return sorted.filter { $0.container.transport == .tcp } + sorted.filter { $0.container.transport != .tcp }
    }

    /// Its published ports as short as they stay clear: `8080→80`, `127.0.0.1:53→53/udp`. Both families of one port
    /// are one.
    func portTexts(arrow: String) -> [String] {
        var texts: [String] = []
        for port in portsAsRead {
            let transport = port.container.transport == .tcp ? "" : "/\(port.container.transport.rawValue)"
            let address = port.hostAddress.isUnspecified ? "" : Self.host(port.hostAddress) + ":"
            let text = "\(address)\(port.hostPort)\(arrow)\(port.container.number)\(transport)"
            if !texts.contains(text) { texts.append(text) }
        }
        return texts
    }

    /// The addresses of what its ports of TCP serve, as a browser wants them. Only numbers get into them.
    var browserAddresses: [(url: String, port: PublishedPort)] {
        var found: [(url: String, port: PublishedPort)] = []
        for port in portsAsRead where port.container.transport == .tcp {
            let host = port.hostAddress.isUnspecified ? "localhost" : Self.host(port.hostAddress)
            let isSecure = [port.container.number, port.hostPort].contains { $0 == 443 || $0 == 8443 }
            let url = "\(isSecure ? "https" : "http")://\(host):\(port.hostPort)/"
            if !found.contains(where: { $0.url == url }) { found.append((url, port)) }
        }
        return found
    }

    /// An address as it stands before a port (RFC 3986, section 3.2.2).
    private static func host(_ address: IPAddress) -> String { address.isIPv4 ? "\(address)" : "[\(address)]" }
}
