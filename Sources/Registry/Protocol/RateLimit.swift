import HTTP

/// How many pulls a registry still allows, as Docker Hub tells it: `ratelimit-remaining: 97;w=21600`.
struct RateLimit: Hashable, Sendable {
    let limit: Int?
    let remaining: Int?
    /// Seconds for which they count.
    let window: Int?
    /// Whom they are counted for: an address or an account's identifier.
    let source: String?

    /// `nil` when nothing is told.
    init?(_ headers: HTTPHeaders) {
        let limit = headers["ratelimit-limit"].flatMap(Self.parse)
        let remaining = headers["ratelimit-remaining"].flatMap(Self.parse)
        guard limit != nil || remaining != nil else { return nil }
        self.limit = limit?.count
        self.remaining = remaining?.count
        window = remaining?.window ?? limit?.window
        source = headers["docker-ratelimit-source"].map { shown($0, limit: 80) }
    }

    private static func parse(_ text: String) -> (count: Int, window: Int?)? {
        let parts = text.split(separator: ";").map { $0.drop { $0 == " " } }
        guard let first = parts.first, let count = Int(first), count >= 0 else { return nil }
        let window = parts.dropFirst().first { $0.hasPrefix("w=") }.flatMap { Int($0.dropFirst(2)) }
        return (count, window)
    }

    /// `97 of 100 pulls left for 6 h`.
    var words: String {
        let span = window.map { " for \(Self.span($0))" } ?? ""
        switch (remaining, limit) {
        case (let remaining?, let limit?): return "\(remaining) of \(limit) pulls left\(span)"
        case (let remaining?, nil): return "\(remaining) pulls left\(span)"
        case (nil, let limit?): return "\(limit) pulls allowed\(span)"
        case (nil, nil): return ""
        }
    }

    /// Seconds in the largest unit that fits: `6 h`, `15 min`, `40 s`.
    static func span(_ seconds: Int) -> String {
        if seconds >= 3600, seconds % 3600 == 0 { return "\(seconds / 3600) h" }
        if seconds >= 60 { return "\((seconds + 59) / 60) min" }
        return "\(seconds) s"
    }
}
