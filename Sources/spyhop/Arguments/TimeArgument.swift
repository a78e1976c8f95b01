import Engine

/// Moments as docker's `--since` and `--until` take them: a duration back from now (`10m`, `1h30m`), RFC 3339, or
/// seconds since 1970 with an optional fraction.
enum TimeArgument {
    /// The moment.
    /// - Throws: `EngineError` `.invalidArgument` that names `option`.
    static func moment(_ text: String, for option: String, now: Timestamp) throws -> Timestamp {
        if let nanoseconds = unixNanoseconds(text) { return Timestamp(nanoseconds: nanoseconds) }
        if let time = Timestamp(rfc3339: text) { return time }
        if let nanoseconds = durationNanoseconds(text) {
            return Timestamp(nanoseconds: now.nanoseconds - nanoseconds)
        }
        throw EngineError(
            .invalidArgument, "\(option) wants a time, not \"\(text)\"",
            hint: "for instance 10m, 2026-01-02T15:04:05Z or 1767366245")
    }

    /// Go's duration: numbers with `ns`, `us`, `ms`, `s`, `m`, `h` one after another.
    static func durationNanoseconds(_ text: String) -> Int64? {
        var rest = text[...]
        let isNegative = rest.hasPrefix("-")
        if isNegative || rest.hasPrefix("+") { rest = rest.dropFirst() }
        guard !rest.isEmpty else { return nil }
        var total = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { !("0"..."9").contains($0) && $0 != "." }
            rest = rest.dropFirst(unit.count)
            guard let value = Double(digits), let scale = scales[String(unit)] else { return nil }
            total += value * scale
        }
        return Int64(exactly: (isNegative ? -total : total).rounded())
    }

    private static let scales: [String: Double] = [
        "ns": 1, "us": 1e3, "µs": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9, "h": 3600e9,
    ]

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
