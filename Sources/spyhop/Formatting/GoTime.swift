import Engine

/// Go's `time.Time.String()`, which docker shows as CREATED AT.
enum GoTime {
    /// `2026-01-02 03:04:05 +0000 UTC`.
    static func text(_ time: Timestamp) -> String {
        let parts = Timestamp(seconds: time.seconds).rfc3339.split(separator: "T")
        guard parts.count == 2 else { return time.rfc3339 }
        return "\(parts[0]) \(parts[1].prefix(8)) +0000 UTC"
    }
}
