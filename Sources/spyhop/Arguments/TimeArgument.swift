import Engine

/// Moments as docker's `--since` and `--until` take them: a duration back from now (`10m`, `1h30m`), RFC 3339, or
/// seconds since 1970 with an optional fraction.
enum TimeArgument {
    /// The moment.
    /// - Throws: `EngineError` `.invalidArgument` that names `option`.
    static func moment(_ text: String, for option: String, now: Timestamp) throws -> Timestamp {
        if let nanoseconds = unixNanoseconds(text) { return Timestamp(nanoseconds: nanoseconds) }
        if let time = Timestamp(rfc3339: text) { return time }
        if let nanoseconds = GoDuration.nanoseconds(text) {
            return Timestamp(nanoseconds: now.nanoseconds - nanoseconds)
        }
        throw EngineError(
            .invalidArgument, "\(option) wants a time, not \"\(text)\"",
            hint: "for instance 10m, 2026-01-02T15:04:05Z or 1767366245")
    }

    private static func unixNanoseconds(_ text: String) -> Int64? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let seconds = Int64(first), abs(seconds) < 9_000_000_000 else { return nil }
        guard parts.count == 2 else { return seconds * 1_000_000_000 }
        let digits = parts[1].prefix(9)
        guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }),
            let fraction = Int64(digits + String(repeating: "0", count: 9 - digits.count))
        else { return nil }
        return seconds * 1_000_000_000 + fraction
    }
}
