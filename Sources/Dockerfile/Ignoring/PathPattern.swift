/// A path with wildcards as Go's filepath.Match has them: `*` and `?` do not match a slash, `[a-z]`, `[^a]`, `\*`.
public struct PathPattern: Sendable {
    /// The pattern has wildcards or escapes; without them it matches its own text alone.
    public let hasWildcards: Bool
    private let glob: GlobPattern

    /// Reads a pattern; `nil` when it is malformed (`[` without an end). With `doubleStars`, `**` stands for any number
    /// of directories; otherwise it is what `*` is.
    public init?(_ text: String, doubleStars: Bool = true) {
        guard let glob = GlobPattern(text, stars: doubleStars ? .double : .single) else { return nil }
        self.glob = glob
        hasWildcards = glob.hasWildcards
    }

    /// The whole path matches.
    public func matches(_ path: String) -> Bool { glob.matches(path.unicodeScalars) }
}
