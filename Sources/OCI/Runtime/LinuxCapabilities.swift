/// A process's capability sets by name, `CAP_CHOWN` and the like (runtime-spec, config.md, "capabilities").
public struct LinuxCapabilities: Sendable, Hashable, Codable {
    /// The most that any program can gain.
    public var bounding: [String]?
    /// In force.
    public var effective: [String]?
    /// Kept through exec where a program's file asks for them.
    public var inheritable: [String]?
    /// May be put in force.
    public var permitted: [String]?
    /// Kept through exec of ordinary programs.
    public var ambient: [String]?

    /// Makes the sets.
    public init(
        bounding: [String]? = nil, effective: [String]? = nil, inheritable: [String]? = nil,
        permitted: [String]? = nil, ambient: [String]? = nil
    ) {
        self.bounding = bounding
        self.effective = effective
        self.inheritable = inheritable
        self.permitted = permitted
        self.ambient = ambient
    }
}
