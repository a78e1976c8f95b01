/// An ARG that a stage has declared, its value found.
struct StageArgument: Sendable, Hashable {
    /// The name.
    var name: String
    /// The value; `nil` when neither the Dockerfile nor the request gives one.
    var value: String?
}
