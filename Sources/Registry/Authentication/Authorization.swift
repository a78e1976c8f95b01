/// The value of an `Authorization` field.
struct Authorization: Hashable, Sendable {
    /// `Basic …` or `Bearer …`.
    let value: String
    /// What its token is kept under; `nil` for Basic.
    let key: TokenKey?
}

/// What a token was fetched for.
struct TokenKey: Hashable, Sendable {
    let registry: WebAddress.Origin
    let realm: String
    let service: String?
    let scopes: [String]
    let credentials: RegistryCredentials?
}
