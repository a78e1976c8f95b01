/// Who is asked for a registry, by the configuration.
struct EndpointTable: Sendable {
    /// Docker Hub's two hosts; tests put their own in their place.
    struct Hub: Sendable {
        var registry = HostRules.apiHost(of: "docker.io")
        var search = "index.docker.io"
    }

    let hosts: [String: RegistryConfiguration.Host]
    let hub: Hub

    /// Whether plain HTTP and unverified TLS are taken for a host.
    func isInsecure(_ authority: String) -> Bool {
        HostRules.isLoopback(authority) || hosts[authority]?.isInsecure ?? false
    }

    /// The registry itself.
    func upstream(_ registry: String) -> Endpoint {
        let isHub = HostRules.apiHost(of: registry) != registry || registry == "docker.io"
        return endpoint(isHub ? hub.registry : registry, registry: registry)
    }

    /// Docker Hub's search.
    var search: Endpoint { endpoint(hub.search, registry: "docker.io") }

    /// The mirrors of a registry, in the order in which they are asked; what is no address is left out.
    func mirrors(_ registry: String) -> [Endpoint] {
        (hosts[registry]?.mirrors ?? []).compactMap { text in
            let hasScheme = text.contains("://")
            guard let address = WebAddress(hasScheme ? text : "https://" + text) else { return nil }
            let authority = address.origin.authority
            let isInsecure = isInsecure(authority)
            let scheme: Endpoint.Scheme =
                hasScheme ? (address.origin.isSecure ? .secure : .plain) : isInsecure ? .either : .secure
            var prefix = address.path
            while prefix.hasSuffix("/") { prefix.removeLast() }
            return Endpoint(
                registry: authority, authority: authority, scheme: scheme, prefix: prefix, isInsecure: isInsecure,
                isMirror: true)
        }
    }

    private func endpoint(_ authority: String, registry: String) -> Endpoint {
        let isInsecure = isInsecure(registry) || isInsecure(authority)
        return Endpoint(
            registry: registry, authority: authority, scheme: isInsecure ? .either : .secure, prefix: "",
            isInsecure: isInsecure, isMirror: false)
    }
}
