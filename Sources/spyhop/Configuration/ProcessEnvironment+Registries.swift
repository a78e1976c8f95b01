import Engine
import Registry

extension ProcessEnvironment {
    /// How registries are reached, as files and environment say; read when a registry is first asked.
    /// - Throws: `EngineError` `.invalidArgument` when the configuration's part is wrong: asking other registries than were
    ///   written down, or asking them otherwise, is nothing to do in its place.
    func registries() throws -> RegistryConfiguration {
        let file = ConfigurationFile.load(self)
        if let first = file.registryProblems.first {
            let others = file.registryProblems.count - 1
            throw EngineError(
                .invalidArgument, first + (others > 0 ? " (and \(others) more)" : ""),
                hint: "no registry is asked before the configuration is right")
        }
        var configuration = RegistryConfiguration()
        configuration.hosts = file.registries.hosts
        configuration.certificateDirectories = certificateDirectories
        configuration.credentials = credentials
        // Go's order: the upper case first.
        configuration.httpProxy = value("HTTP_PROXY") ?? value("http_proxy")
        configuration.httpsProxy = value("HTTPS_PROXY") ?? value("https_proxy")
        configuration.noProxy = (value("NO_PROXY") ?? value("no_proxy") ?? "").split(whereSeparator: {
            $0 == "," || $0.isWhitespace
        }).map(String.init)
        configuration.userAgent = "spyhop/\(Version.number)"
        return configuration
    }

    /// Who the person is to a registry, as docker's configuration keeps it.
    func dockerCredentials(_ registry: String) async throws -> RegistryCredentials? {
        try await credentials?.credentials(for: registry)
    }

    /// The user's own first.
    private var certificateDirectories: [String] {
        let own = ConfigurationFile.directory(self).map { [$0 + "/certs.d"] } ?? []
        return own + ["/etc/spyhop/certs.d", "/etc/docker/certs.d", "/etc/containers/certs.d"]
    }

    private var credentials: DockerConfigFile? {
        let home = value("HOME") ?? (isRoot ? "/root" : nil)
        guard let directory = value("DOCKER_CONFIG").map(absolute) ?? home.map({ $0 + "/.docker" }) else { return nil }
        let podmans =
            value("REGISTRY_AUTH_FILE").map(absolute)
            ?? value("XDG_RUNTIME_DIR").map { $0 + "/containers/auth.json" }
        return DockerConfigFile(
            path: directory + "/config.json", fallback: podmans,
            helperPath: value("PATH") ?? "/usr/local/bin:/usr/bin:/bin", helperEnvironment: variables())
    }
}
