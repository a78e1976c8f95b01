/// What is wrong in a word with variables. Whoever knows its place makes a `DockerfileError` of it.
public struct WordError: Error, Sendable, Hashable {
    /// Lower case, no full stop.
    public var message: String

    /// Makes an error.
    public init(_ message: String) { self.message = message }
}
