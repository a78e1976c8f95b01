/// Registries can be logged in to, searched and looked into.
public protocol RegistryBrowsing: Sendable {
    /// Repositories that fit, best first.
    func search(_ search: RegistrySearch) async throws -> [FoundRepository]
    /// All tags of the repository that `repository` names, in the registry's order.
    func remoteTags(_ repository: String) async throws -> [String]
    /// What the registry tells of an image; `platform` chooses from an index, `nil` is the host's.
    func inspectRemoteImage(_ reference: String, platform: String?) async throws -> RemoteImage
    /// Checks user name and password, or token, with the registry and keeps them where docker does. `registry` is a host,
    /// `nil` Docker Hub; answers where they were kept, as a sentence.
    func login(registry: String?, username: String, password: String) async throws -> String
    /// Forgets them; answers whether there were any.
    func logout(registry: String?) async throws -> Bool
    /// The user name that is kept for a registry; `nil` when nobody is logged in.
    func loggedInUser(registry: String?) async throws -> String?
}
