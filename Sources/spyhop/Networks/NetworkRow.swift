import Engine

/// A network as a line of `network ls`.
enum NetworkRow {
    /// Docker's default columns.
    static let defaultTable = "{{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}"

    /// The headings by field.
    static let headings: JSONValue = [
        "ID": "NETWORK ID", "Name": "NAME", "Driver": "DRIVER", "Scope": "SCOPE", "IPv4": "IPV4", "IPv6": "IPV6",
        "Internal": "INTERNAL", "Labels": "LABELS", "CreatedAt": "CREATED AT",
    ]

    /// The fields of `network`.
    static func row(_ network: Network, truncate: Bool) -> ListRow {
        let spec = network.spec
        let labels = spec.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let value: JSONValue = [
            "CreatedAt": .string(GoTime.text(network.createdAt)),
            "Driver": .string(spec.driver),
            "ID": .string(truncate ? network.id.short : network.id.rawValue),
            "IPv4": .string(String(spec.ipv4)),
            "IPv6": .string(String(spec.ipv6)),
            "Internal": .string(String(spec.isInternal)),
            "Labels": .string(GoText.harmless(labels.joined(separator: ","))),
            "Name": .string(network.name),
            "Scope": "local",
        ]
        return ListRow(value: value, labels: spec.labels)
    }
}
