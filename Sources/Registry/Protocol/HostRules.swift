/// What follows from a registry's name as it stands in references.
enum HostRules {
    /// The host that answers for a registry: Docker Hub's API has a name of its own.
    static func apiHost(of registry: String) -> String {
        registry == "docker.io" || registry == "index.docker.io" ? "registry-1.docker.io" : registry
    }

    /// Whether a host is the machine itself, by its name or address: nobody stands in between.
    static func isLoopback(_ authority: String) -> Bool {
        let host = host(of: authority)
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// The host of `host[:port]`, lower case and without brackets.
    static func host(of authority: String) -> String {
        if authority.hasPrefix("[") { return String(authority.dropFirst().prefix { $0 != "]" }).lowercased() }
        return String(authority.prefix { $0 != ":" }).lowercased()
    }

    /// Splits docker's search words: `localhost:5000/web` into registry and term, `web` into none and term.
    static func split(searched text: String) -> (registry: String?, term: String) {
        guard let slash = text.firstIndex(of: "/") else { return (nil, text) }
        let first = text[..<slash]
        guard first == "localhost" || first.contains(".") || first.contains(":") else { return (nil, text) }
        let term = String(text[text.index(after: slash)...])
        return first == "docker.io" || first == "index.docker.io" ? (nil, term) : (String(first), term)
    }
}
