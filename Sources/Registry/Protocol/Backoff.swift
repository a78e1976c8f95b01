import HTTP

/// When what failed is tried again.
struct Backoff: Sendable {
    /// Tries without any progress between them.
    static let attempts = 5
    /// Seconds that a registry may have us wait; more is told to the person instead.
    static let longestWait: Double = 60

    /// Seconds before the second try; doubled with each further one, up to sixteen times as many.
    var base = 0.5

    /// Seconds to wait after the failure of try number `attempt`, which counts from one; `jitter` is in 0…1.
    ///
    /// A registry that tells how long (`Retry-After`) is given that time, and a little, so that not all come at once.
    func delay(after attempt: Int, retryAfter: Double?, jitter: Double) -> Double {
        if let retryAfter { return min(retryAfter, Self.longestWait) + base * jitter }
        let full = base * Double(1 << min(max(attempt - 1, 0), 4))
        return full * (0.5 + 0.5 * jitter)
    }

    /// Whether the same request may do better later: the server is busy, or somebody before it.
    static func isTransient(status: Int) -> Bool { [408, 429, 500, 502, 503, 504].contains(status) }

    /// Whether the same request may do better later. A registry that has never answered is not waited for.
    static func isTransient(_ failure: HTTPFailure, hasAnswered: Bool) -> Bool {
        switch failure {
        case .closedEarly, .idle: true
        case .unknownHost, .refused, .noRoute, .connectTimedOut, .other: hasAnswered
        case .malformed, .tls, .unusableFile, .proxyRefused, .tooLong, .cancelled, .closed, .invalidURL: false
        }
    }

    /// Seconds of a `Retry-After` that counts them (RFC 9110, section 10.2.3); dates are not used by registries.
    static func retryAfter(_ headers: HTTPHeaders) -> Double? {
        guard let text = headers["retry-after"], let seconds = Double(text), seconds >= 0, seconds.isFinite else {
            return nil
        }
        return seconds
    }
}
