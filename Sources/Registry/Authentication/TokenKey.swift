/// What a token was fetched for.
struct TokenKey: Hashable, Sendable {
    let registry: WebAddress.Origin
    let realm: String
    let service: String?
    let scopes: [String]
    let credentials: RegistryCredentials?
}
