import Engine

/// Ports as `ps` and `port` show them (docker, cli/command/formatter/container.go, DisplayablePorts).
enum PortListing {
    private struct Entry {
        /// `nil`: exposed, not published.
        var published: PublishedPort?
        var port: ExposedPort

        var address: String { published.map { "\($0.hostAddress)" } ?? "" }
    }

    private struct Group {
        var place: String
        var transport: TransportProtocol
        var first: UInt16
        var last: UInt16

        /// `0.0.0.0:80-81->80-81/tcp`, `80/tcp`.
        var text: String {
            let range = first == last ? "\(first)" : "\(first)-\(last)"
            return (place.isEmpty ? range : "\(joined(place, range))->\(range)") + "/\(transport.rawValue)"
        }
    }

    /// The column PORTS: neighbours whose ports are the same on both sides are put together.
    static func text(_ published: [PublishedPort], exposed: [ExposedPort]) -> String {
        var open: [Group] = []
        var done: [String] = []
        var mapped: [String] = []
        for entry in entries(published, exposed) {
            if let port = entry.published, port.hostPort != port.container.number {
                mapped.append("\(place(port))->\(port.container)")
                continue
            }
            let number = entry.port.number
            let group = Group(place: entry.address, transport: entry.port.transport, first: number, last: number)
            guard
                let index = open.firstIndex(where: { $0.place == group.place && $0.transport == group.transport })
            else {
                open.append(group)
                continue
            }
            if Int(open[index].last) + 1 == Int(number) {
                open[index].last = number
            } else {
                done.append(open[index].text)
                open[index] = group
            }
        }
        return (done + open.map(\.text) + mapped).joined(separator: ", ")
    }

    /// `0.0.0.0:8080`, `[::]:8080`.
    static func place(_ port: PublishedPort) -> String { joined("\(port.hostAddress)", "\(port.hostPort)") }

    private static func joined(_ address: String, _ port: String) -> String {
        address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
    }

    /// By port, address, published port and protocol; a port that is published is not exposed besides.
    private static func entries(_ published: [PublishedPort], _ exposed: [ExposedPort]) -> [Entry] {
        let known = Set(published.map(\.container))
        let all =
            published.map { Entry(published: $0, port: $0.container) }
            + Set(exposed).subtracting(known).map { Entry(published: nil, port: $0) }
        return all.sorted { one, other in
            (one.port.number, one.address, one.published?.hostPort ?? 0, one.port.transport)
                < (other.port.number, other.address, other.published?.hostPort ?? 0, other.port.transport)
        }
    }
}
