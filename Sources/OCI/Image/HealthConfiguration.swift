/// Docker's `Healthcheck` in an image's `config`, which the image-spec leaves to it.
public struct HealthConfiguration: Sendable, Hashable, Codable {
    /// `["CMD", …]`, `["CMD-SHELL", line]`, `["NONE"]`; empty inherits.
    public var test: [String]?
    /// Nanoseconds.
    public var interval: Int64?
    /// Nanoseconds.
    public var timeout: Int64?
    /// Nanoseconds.
    public var startPeriod: Int64?
    /// Nanoseconds.
    public var startInterval: Int64?
    /// Failures in a row.
    public var retries: Int?

    enum CodingKeys: String, CodingKey {
        case test = "Test"
        case interval = "Interval"
        case timeout = "Timeout"
        case startPeriod = "StartPeriod"
        case startInterval = "StartInterval"
        case retries = "Retries"
    }

    /// Makes one that says nothing.
    public init() {}
}
