/// One resource limit of a process (runtime-spec, config.md, "rlimits").
public struct POSIXRlimit: Sendable, Hashable, Codable {
    /// `RLIMIT_NOFILE` and the like.
    public var type: String
    /// The most that the soft limit may be raised to.
    public var hard: UInt64
    /// The limit in force.
    public var soft: UInt64

    /// Makes a limit.
    public init(type: String, hard: UInt64, soft: UInt64) {
        self.type = type
        self.hard = hard
        self.soft = soft
    }
}
