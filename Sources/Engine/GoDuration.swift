/// Spans of time as Go writes them, and docker with it: `1m30s`, `500ms`, `1.5h`.
public enum GoDuration {
    /// Reads one; numbers with `ns`, `us`, `µs`, `ms`, `s`, `m`, `h` one after another. `nil` for anything else.
    /// - Returns: nanoseconds.
    public static func nanoseconds(_ text: String) -> Int64? {
        if text == "0" { return 0 }
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

    /// Writes one as Go's `Duration.String` does: `30s`, `1m30s`, `1.5ms`, `0s`.
    /// - Parameter nanoseconds: the span.
    public static func text(_ nanoseconds: Int64) -> String {
        let sign = nanoseconds < 0 ? "-" : ""
        let span = nanoseconds.magnitude
        switch span {
        case 0: return "0s"
        case ..<1_000: return "\(sign)\(span)ns"
        case ..<1_000_000: return sign + decimal(span, 1_000) + "µs"
        case ..<1_000_000_000: return sign + decimal(span, 1_000_000) + "ms"
        default: break
        }
        let minutes = span / 60_000_000_000
        let seconds = decimal(span % 60_000_000_000, 1_000_000_000) + "s"
        if minutes == 0 { return sign + seconds }
        if minutes < 60 { return "\(sign)\(minutes)m\(seconds)" }
        return "\(sign)\(minutes / 60)h\(minutes % 60)m\(seconds)"
    }

    private static func decimal(_ value: UInt64, _ unit: UInt64) -> String {
        let fraction = value % unit
        guard fraction > 0 else { return String(value / unit) }
        var digits = String(fraction + unit).dropFirst()
        while digits.last == "0" { digits = digits.dropLast() }
        return "\(value / unit).\(digits)"
    }
}
