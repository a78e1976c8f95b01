import Terminal

/// What stands out in logs, as the configuration says it: an entry of `highlights`.
public struct HighlightSetting: Sendable, Hashable {
    /// A regular expression.
    public var pattern: String
    /// The role of the theme that it is shown in.
    public var role: Role
    /// Upper and lower case are the same.
    public var ignoresCase: Bool
    /// The whole line stands out, not only what was found.
    public var isWholeLine: Bool
    /// Where the entry stands in the configuration, for what is to be said of its pattern.
    public var place: String

    /// An entry.
    public init(
        pattern: String, role: Role = .match, ignoresCase: Bool = false, isWholeLine: Bool = false, place: String = ""
    ) {
        self.pattern = pattern
        self.role = role
        self.ignoresCase = ignoresCase
        self.isWholeLine = isWholeLine
        self.place = place
    }
}
