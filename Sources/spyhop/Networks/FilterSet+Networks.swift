import Engine

extension FilterSet {
    /// The filters of `network ls`.
    static let networkKeys: Set<String> = ["dangling", "driver", "id", "label", "name", "scope", "type"]

    /// Checks values that must be of a kind.
    func checkNetworkValues() throws {
        for type in values["type"] ?? [] where type != "custom" && type != "builtin" {
            throw EngineError(.invalidArgument, "invalid filter: 'type'='\(type)'", hint: "custom or builtin")
        }
        for value in values["dangling"] ?? [] where OptionWords.truth(value) == nil {
            throw EngineError(.invalidArgument, "filter dangling=\(value) wants true or false")
        }
    }

    /// Whether a network passes.
    func matches(_ network: Network) -> Bool {
        allows("driver") { $0 == network.spec.driver } && allows("id") { network.id.rawValue.hasPrefix($0) }
            && allows("name") { NamePattern($0).matches(network.name) } && allows("scope") { $0 == "local" }
            && allows("type") { ($0 == "builtin") == network.isPredefined }
            && allows("dangling") {
                OptionWords.truth($0) == (network.endpoints.isEmpty && !network.isPredefined)
            }
            && allowsLabels(network.spec.labels)
    }

    /// Whether a `label!` filter names one of these.
    func forbidsLabels(_ labels: [String: String]) -> Bool {
        (values["label!"] ?? []).contains { unwanted in
            guard let equals = unwanted.firstIndex(of: "=") else { return labels[unwanted] != nil }
            return labels[String(unwanted[..<equals])] == String(unwanted[unwanted.index(after: equals)...])
        }
    }

    /// Whether a container is on the network, by name or the beginning of its identifier.
    static func isOn(_ network: String, _ container: Container) -> Bool {
        container.networks.contains(network) || container.networkMode.rawValue == network
            || container.endpoints.contains { !network.isEmpty && $0.networkID.rawValue.hasPrefix(network) }
    }

    /// Checks values of `publish` and `expose`: a port or a range, with or without a protocol.
    func checkPortValues() throws {
        for text in (values["publish"] ?? []) + (values["expose"] ?? []) { _ = try PortOption.exposed(text) }
    }

    /// As docker: one of both kinds is enough.
    func matchesPorts(_ container: Container) -> Bool {
        let published = (values["publish"] ?? []).flatMap { (try? PortOption.exposed($0)) ?? [] }
        let exposed = (values["expose"] ?? []).flatMap { (try? PortOption.exposed($0)) ?? [] }
        guard values["publish"] != nil || values["expose"] != nil else { return true }
        return container.ports.contains { published.contains(ExposedPort($0.hostPort, $0.container.transport)) }
            || (container.ports.map(\.container) + container.exposedPorts).contains(where: exposed.contains)
    }
}
