import Engine

/// What is wrong in a Dockerfile, with its place.
public struct DockerfileError: Error, Sendable, Hashable {
    /// Lower case, no full stop: `unknown instruction: FRMO`.
    public var message: String
    /// What to do about it: `did you mean FROM?`
    public var suggestion: String?
    /// The Dockerfile's name.
    public var file: String
    /// The place.
    public var range: SourceRange
    /// The lines of the place and those around them.
    public var excerpt: [BuildWarning.ExcerptLine]

    /// Makes an error.
    public init(
        message: String, suggestion: String? = nil, file: String, range: SourceRange,
        excerpt: [BuildWarning.ExcerptLine]
    ) {
        self.message = message
        self.suggestion = suggestion
        self.file = file
        self.range = range
        self.excerpt = excerpt
    }
}
