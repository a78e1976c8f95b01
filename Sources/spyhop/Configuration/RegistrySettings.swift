import Engine
import OCI
import Registry
import Yams

/// The part `registries` of the configuration: by host, mirrors that are asked first and whether TLS may be done without.
///
///     registries:
///       docker.io:
///         mirrors: [https://mirror.example]
///       registry.example:5000:
///         insecure: true
struct RegistrySettings: Sendable, Equatable {
    /// By host and port, as in references.
    var hosts: [String: RegistryConfiguration.Host] = [:]
    /// What is wrong, each with file, line and column.
    var problems: [String] = []

    /// Nothing particular.
    init() {}

    /// Reads the part; `place` says where a node stands.
    init(_ node: Node, place: (Node) -> String) {
        guard let mapping = node.mapping else {
            problems.append("\(place(node)): registries wants a map from host to settings")
            return
        }
        for (key, value) in mapping {
            guard let host = key.string, let domain = Self.domain(host) else {
                let word = key.string ?? "?"
                problems.append(
                    "\(place(key)): \"\(word)\" is not a registry; it is HOST or HOST:PORT, as in names of images")
                continue
            }
            hosts[domain] = read(value, of: host, place)
        }
    }

    /// The registry as references have it: `index.docker.io` is `docker.io`; `nil` for what no reference can have.
    private static func domain(_ host: String) -> String? {
        guard !host.contains("/"), let reference = try? ImageReference("\(host)/a/b"), reference.path == "a/b" else {
            return nil
        }
        return reference.domain
    }

    private mutating func read(
        _ node: Node, of host: String, _ place: (Node) -> String
    ) -> RegistryConfiguration.Host {
        var settings = RegistryConfiguration.Host()
        guard let mapping = node.mapping else {
            problems.append("\(place(node)): \(host) wants a map of settings; there are mirrors, insecure")
            return settings
        }
        for (key, value) in mapping {
            switch key.string {
            case "mirrors": settings.mirrors = mirrors(value, place)
            case "insecure":
                guard let isInsecure = value.bool else {
                    problems.append("\(place(value)): insecure wants true or false")
                    continue
                }
                settings.isInsecure = isInsecure
            case let name:
                problems.append(
                    "\(place(key)): a registry has no setting \"\(name ?? "?")\"; there are mirrors, insecure")
            }
        }
        return settings
    }

    private mutating func mirrors(_ node: Node, _ place: (Node) -> String) -> [String] {
        guard let sequence = node.sequence else {
            problems.append("\(place(node)): mirrors wants a list of addresses")
            return []
        }
        return sequence.compactMap { entry in
            if let address = entry.string, Self.isMirror(address) { return address }
            problems.append(
                "\(place(entry)): a mirror is an address, as in https://mirror.example or http://cache:5000/path")
            return nil
        }
    }

    private static func isMirror(_ address: String) -> Bool {
        for scheme in ["https://", "http://"] where address.hasPrefix(scheme) {
            let rest = address.dropFirst(scheme.count)
            return rest.first.map { $0 != "/" } == true && rest.utf8.allSatisfy { (0x21...0x7e).contains($0) }
                && !rest.contains("@") && !rest.contains("?") && !rest.contains("#")
        }
        return false
    }
}
