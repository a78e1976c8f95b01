/// What a runtime can do (runtime-spec, features.md).
public struct Features: Sendable, Hashable, Codable {
    /// The oldest `ociVersion` that it takes.
    public var ociVersionMin: String
    /// The newest one.
    public var ociVersionMax: String
    /// Hooks that it knows.
    public var hooks: [String]?
    /// Mount options that it handles itself; others go to the file system as its data.
    public var mountOptions: [String]?
    /// What is particular to Linux.
    public var linux: LinuxFeatures?
    /// Free words.
    public var annotations: [String: String]?
    /// Annotations of configurations that change what the runtime does; a full stop at the end makes it a prefix.
    public var potentiallyUnsafeConfigAnnotations: [String]?

    /// Makes a description.
    public init(
        ociVersionMin: String, ociVersionMax: String, hooks: [String]? = nil, mountOptions: [String]? = nil,
        linux: LinuxFeatures? = nil, annotations: [String: String]? = nil,
        potentiallyUnsafeConfigAnnotations: [String]? = nil
    ) {
        self.ociVersionMin = ociVersionMin
        self.ociVersionMax = ociVersionMax
        self.hooks = hooks
        self.mountOptions = mountOptions
        self.linux = linux
        self.annotations = annotations
        self.potentiallyUnsafeConfigAnnotations = potentiallyUnsafeConfigAnnotations
    }
}
