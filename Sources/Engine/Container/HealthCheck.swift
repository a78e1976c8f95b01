/// How a container's health is found out, as docker's `HealthConfig` has it. What is 0 or empty is the image's, and where
/// that says nothing either, docker's own value.
public struct HealthCheck: Sendable, Hashable, Codable {
    /// `["CMD", program, argument…]`, `["CMD-SHELL", line]`, or `["NONE"]`: nothing is checked. Empty: the image's.
    public var test: [String]
    /// Nanoseconds between the end of one probe and the start of the next; 0: 30 s.
    public var interval: Int64
    /// Nanoseconds that a probe may take; 0: 30 s.
    public var timeout: Int64
    /// Nanoseconds from the container's start in which failures do not count.
    public var startPeriod: Int64
    /// Nanoseconds between probes within the start period, until the first success; 0: 5 s.
    public var startInterval: Int64
    /// So many failures in a row make a container unhealthy; 0: 3.
    public var retries: Int

    /// Makes a check.
    public init(
        test: [String] = [], interval: Int64 = 0, timeout: Int64 = 0, startPeriod: Int64 = 0, startInterval: Int64 = 0,
        retries: Int = 0
    ) {
        self.test = test
        self.interval = interval
        self.timeout = timeout
        self.startPeriod = startPeriod
        self.startInterval = startInterval
        self.retries = retries
    }

    /// This check with what it leaves open filled from `other`.
    public func filled(from other: HealthCheck?) -> HealthCheck {
        guard let other else { return self }
        return HealthCheck(
            test: test.isEmpty ? other.test : test, interval: interval == 0 ? other.interval : interval,
            timeout: timeout == 0 ? other.timeout : timeout,
            startPeriod: startPeriod == 0 ? other.startPeriod : startPeriod,
            startInterval: startInterval == 0 ? other.startInterval : startInterval,
            retries: retries == 0 ? other.retries : retries)
    }

    /// This check with docker's values where nobody has said anything.
    public var complete: HealthCheck {
        let second: Int64 = 1_000_000_000
        return filled(
            from: HealthCheck(interval: 30 * second, timeout: 30 * second, startInterval: 5 * second, retries: 3))
    }

    /// The probe's program and arguments; `nil` when nothing is checked.
    public var command: [String]? {
        switch test.first {
        case "CMD" where test.count > 1: Array(test.dropFirst())
        case "CMD-SHELL" where test.count > 1: ["/bin/sh", "-c"] + test.dropFirst()
        default: nil
        }
    }
}
