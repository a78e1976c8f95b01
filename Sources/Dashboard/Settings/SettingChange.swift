/// One setting that is to be written into the configuration.
public struct SettingChange: Sendable, Hashable {
    /// What a setting can be set to.
    public enum Value: Sendable, Hashable {
        case text(String)
        case flag(Bool)
        case number(Int)
        case list([String])
    }

    /// Where it stands: `["theme"]`, `["keys", "remove"]`.
    public var path: [String]
    /// `nil` takes it out: the default holds.
    public var value: Value?

    /// A change.
    public init(_ path: [String], _ value: Value?) {
        self.path = path
        self.value = value
    }
}
