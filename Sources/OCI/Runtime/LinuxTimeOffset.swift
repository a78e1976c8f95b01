/// How far a clock of a time namespace is ahead (runtime-spec, config-linux.md, "Offset for Time Namespace").
public struct LinuxTimeOffset: Sendable, Hashable, Codable {
    /// Seconds.
    public var secs: Int64?
    /// Nanoseconds beside the seconds.
    public var nanosecs: UInt32?

    /// Makes an offset.
    public init(secs: Int64? = nil, nanosecs: UInt32? = nil) {
        self.secs = secs
        self.nanosecs = nanosecs
    }
}
