/// The execution domain of the process (runtime-spec, config-linux.md, "Personality").
public struct LinuxPersonality: Sendable, Hashable, Codable {
    /// `LINUX` or `LINUX32`.
    public var domain: String
    /// None is defined yet.
    public var flags: [String]?

    /// Makes a domain.
    public init(domain: String, flags: [String]? = nil) {
        self.domain = domain
        self.flags = flags
    }
}
