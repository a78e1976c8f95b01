/// HEALTHCHECK.
public struct HealthcheckInstruction: Sendable, Hashable {
    /// The command; `nil` is NONE.
    public var command: CommandLine?
    /// Nanoseconds; `nil` where nothing is said, as in the others.
    public var interval: Int64?
    /// Nanoseconds.
    public var timeout: Int64?
    /// Nanoseconds.
    public var startPeriod: Int64?
    /// Nanoseconds.
    public var startInterval: Int64?
    /// Failures in a row that make a container unhealthy.
    public var retries: Int?

    /// Makes a check without options.
    public init(command: CommandLine?) { self.command = command }
}
