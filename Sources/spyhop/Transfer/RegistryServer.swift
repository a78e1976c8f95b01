/// A registry as `login` and `logout` take it: a host, or the address of one.
struct RegistryServer: Equatable {
    /// Docker Hub's name among credentials.
    private static let hubAddress = "https://index.docker.io/v1/"
    private static let hubHosts: Set<String> = ["docker.io", "index.docker.io", "registry-1.docker.io"]

    /// `nil` is Docker Hub.
    let host: String?

    /// `https://registry.example/v2/` is `registry.example`; nothing is Docker Hub.
    init(_ text: String?) {
        var rest = (text ?? "")[...]
        for scheme in ["https://", "http://"] where rest.lowercased().hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
            break
        }
        let host = String(rest.prefix { $0 != "/" })
        self.host = host.isEmpty || Self.hubHosts.contains(host.lowercased()) ? nil : host
    }

    /// The host as whoever keeps credentials is asked for it.
    var name: String { host ?? "docker.io" }

    /// As docker shows it.
    var shown: String { host ?? Self.hubAddress }
}
