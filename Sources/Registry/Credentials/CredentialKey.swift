/// How a registry is called where credentials are kept, by docker's rules.
struct CredentialKey: Equatable {
    /// Docker Hub's key, from the days of the first protocol.
    static let dockerHub = "https://index.docker.io/v1/"

    /// The key under which docker writes: `https://index.docker.io/v1/`, `localhost:5000`.
    let written: String
    private let hosts: Set<String>

    /// The key of a registry by its host; `docker.io` and its other names are Docker Hub.
    init(_ registry: String) {
        let host = Self.host(of: registry)
        guard Self.hubNames.contains(host) else {
            written = host
            hosts = [host]
            return
        }
        written = Self.dockerHub
        hosts = Self.hubNames
    }

    private static let hubNames: Set<String> = ["docker.io", "index.docker.io", "registry-1.docker.io"]

    /// The key as it stands among `keys`: as docker writes it, else in one of the spellings that people and older programs
    /// used (`https://HOST`, `http://HOST/v1/`, `HOST/v2/`). A key with any other path, as podman has it for a part of a
    /// registry, is not the registry's.
    func found(among keys: [String]) -> String? {
        if keys.contains(written) { return written }
        return keys.first { key in
            let rest = Self.afterHost(key)
            return hosts.contains(Self.host(of: key)) && ["", "/", "/v1", "/v1/", "/v2", "/v2/"].contains(rest)
        }
    }

    /// `https://host:5000/v2/` → `host:5000`.
    private static func host(of text: String) -> String {
        String(afterScheme(text).prefix { $0 != "/" }).lowercased()
    }

    private static func afterHost(_ text: String) -> Substring { afterScheme(text).drop { $0 != "/" } }

    private static func afterScheme(_ text: String) -> Substring {
        for scheme in ["https://", "http://"] where text.lowercased().hasPrefix(scheme) {
            return text.dropFirst(scheme.count)
        }
        return text[...]
    }
}
