/// The value of an `Authorization` field.
struct Authorization: Hashable, Sendable {
    /// `Basic …` or `Bearer …`.
    let value: String
    /// What its token is kept under; `nil` for Basic.
    let key: TokenKey?
}
