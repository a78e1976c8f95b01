import Engine
import Images
import OCI
import Registry

extension LocalEngine {
    /// Lends a client of registries, closed afterwards.
    func withRegistries<Value: Sendable>(
        _ body: @Sendable (RegistryClient) async throws -> Value
    ) async throws -> Value {
        let client = RegistryClient(try configuration.registries())
        do {
            let value = try await body(client)
            await client.close()
            return value
        } catch is CancellationError {
            await client.close()
            throw EngineError(.cancelled, "cancelled")
        } catch {
            await client.close()
            throw error
        }
    }

    /// Repositories that fit. See `RegistryBrowsing`.
    public func search(_ search: RegistrySearch) async throws -> [FoundRepository] {
        try await withRegistries { client in try await client.search(search) }
    }

    /// All tags of a repository. See `RegistryBrowsing`.
    public func remoteTags(_ repository: String) async throws -> [String] {
        let reference = try ImageReference(repository)
        return try await withRegistries { client in try await client.tags(of: reference) }
    }

    /// What a registry tells of an image. See `RegistryBrowsing`.
    public func inspectRemoteImage(_ reference: String, platform: String?) async throws -> RemoteImage {
        let name = try ImageReference(reference)
        let wanted = try platform.map { (text) throws(EngineError) in try Platform(text: text) } ?? store.platform
        return try await withRegistries { client in
            try await RemoteInspection(client: client, reference: name, platform: wanted).run()
        }
    }

    // MARK: - Logging in

    /// Checks credentials and keeps them. See `RegistryBrowsing`.
    public func login(registry: String?, username: String, password: String) async throws -> String {
        let registry = registry ?? Self.hub
        let credentials = RegistryCredentials.password(username: username, password: password)
        let keeper = try keeper()
        return try await withRegistries { client in
            try await client.checkLogin(credentials, registry: registry)
            return try await keeper.store(credentials, for: registry)
        }
    }

    /// Forgets credentials. See `RegistryBrowsing`.
    public func logout(registry: String?) async throws -> Bool { try await keeper().erase(registry ?? Self.hub) }

    /// Who is logged in. See `RegistryBrowsing`.
    public func loggedInUser(registry: String?) async throws -> String? {
        switch try await configuration.registries().credentials?.credentials(for: registry ?? Self.hub) {
        case .password(let username, _): username
        case .identityToken, .registryToken: "<token>"
        case nil: nil
        }
    }

    private static let hub = "docker.io"

    private func keeper() throws -> any CredentialStoring {
        guard let keeper = try configuration.registries().credentials else {
            throw EngineError(
                .unsupported, "there is nowhere to keep credentials: no home directory is known",
                hint: "set HOME or DOCKER_CONFIG")
        }
        return keeper
    }
}
