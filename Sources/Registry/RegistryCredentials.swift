/// What somebody proves himself with to a registry.
public enum RegistryCredentials: Sendable, Hashable {
    /// A user name with a password or an access token in its place.
    case password(username: String, password: String)
    /// A refresh token of an authorization server (docker's `identitytoken`).
    case identityToken(String)
    /// A bearer token that is sent as it is, without an authorization server being asked (docker's `registrytoken`).
    case registryToken(String)
}
