import Engine

/// A column of the networks' table.
enum NetworkColumn: String, ResourceColumn {
    case name, driver, subnet, gateway, marks, endpoints, receive, send, created

    static let standard = NetworkColumn.name

    var title: String {
        switch self {
        case .name: "NETWORK"
        case .driver: "DRIVER"
        case .subnet: "SUBNET"
        case .gateway: "GATEWAY"
        case .marks: "KIND"
        case .endpoints: "ON IT"
        case .receive: "NET IN"
        case .send: "NET OUT"
        case .created: "CREATED"
        }
    }

    var isNumeric: Bool { self == .endpoints || self == .created }

    /// Rates move; rows that follow them would dance under the cursor.
    static let sortable: [NetworkColumn] = [.name, .driver, .subnet, .gateway, .marks, .endpoints, .created]
}

extension Network: Resource {
    var searched: [String] {
        [name, spec.driver, id.short, bridge] + kind + spec.subnets.map { "\($0.prefix)" }
            + endpoints.flatMap { [$0.containerName] + $0.aliases }
    }

    var labels: [String: String] { spec.labels }

    /// What sets it apart, in words.
    var kind: [String] {
        (spec.isInternal ? ["internal"] : []) + (spec.ipv6 ? [spec.ipv4 ? "IPv6" : "IPv6 only"] : [])
    }

    /// Containers on it now.
    var members: Int { Set(endpoints.map(\.containerID)).count }

    func key(_ column: NetworkColumn) -> ResourceKey {
        switch column {
        // Those that people made come first.
        case .name, .receive, .send: .text((isPredefined ? "~" : "") + name)
        case .driver: .text(spec.driver)
        case .subnet: .text(spec.subnets.first.map { "\($0.prefix)" } ?? "~")
        case .gateway: .text(spec.subnets.first?.gateway.map { "\($0)" } ?? "~")
        case .marks: .text(kind.joined(separator: " "))
        case .endpoints: .number(Int64(members))
        case .created: .number(createdAt.nanoseconds)
        }
    }
}
