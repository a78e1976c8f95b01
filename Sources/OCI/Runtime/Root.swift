/// The container's root file system (runtime-spec, config.md, "Root").
public struct Root: Sendable, Hashable, Codable {
    /// Absolute, or relative to the bundle.
    public var path: String
    /// Nothing can be written to it.
    public var readonly: Bool?

    /// Makes a root.
    public init(path: String, readonly: Bool? = nil) {
        self.path = path
        self.readonly = readonly
    }
}
