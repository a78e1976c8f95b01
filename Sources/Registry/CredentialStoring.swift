/// Where credentials are kept.
public protocol CredentialStoring: Sendable {
    /// What is kept for a registry by its host, `docker.io` for Docker Hub; `nil` when there is nothing.
    func credentials(for registry: String) async throws -> RegistryCredentials?
    /// Keeps them; answers where, as a sentence.
    func store(_ credentials: RegistryCredentials, for registry: String) async throws -> String
    /// Forgets them; answers whether there were any.
    func erase(_ registry: String) async throws -> Bool
}
