/// What checks want to know of a base image.
public struct BaseImageFacts: Sendable, Hashable {
    /// `KEY=VALUE`, as its configuration has them.
    public var environment: [String]
    /// `os/architecture[/variant]`.
    public var platform: String

    /// Makes the facts.
    public init(environment: [String], platform: String) {
        self.environment = environment
        self.platform = platform
    }
}
