/// Who one is to a registry.
public struct DockerCredentials: Sendable, Hashable {
    /// Empty with a token.
    public var username: String
    /// Empty with a token.
    public var password: String
    /// A token in their place, as `docker login` keeps for some registries.
    public var identityToken: String?

    /// Name and password.
    public init(username: String, password: String, identityToken: String? = nil) {
        self.username = username
        self.password = password
        self.identityToken = identityToken
    }
}
