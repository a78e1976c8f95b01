import Engine

/// Limits as people type them.
enum LimitText {
    /// Bytes with docker's units, powers of 1024, with any blanks: `512m`, `1.5 g`; `nil` when it is none.
    static func bytes(_ text: String) -> Int64? { GoUnits.bytes(text.filter { $0 != " " }) }

    /// Bytes as they can be typed again without losing any: `512m`, `1536k`, `1000`.
    static func text(bytes: Int64) -> String {
        for (unit, power) in [("t", 40), ("g", 30), ("m", 20), ("k", 10)] as [(String, Int64)] {
            if bytes >= 1 << power, bytes % (1 << power) == 0 { return "\(bytes >> power)\(unit)" }
        }
        return "\(bytes)"
    }

    /// Billionths as they can be typed again: `1.5`, `2`.
    static func text(nanoCPUs: Int64) -> String {
        let whole = nanoCPUs / 1_000_000_000
        var fraction = String(nanoCPUs % 1_000_000_000)
        fraction = String(repeating: "0", count: max(0, 9 - fraction.utf8.count)) + fraction
        while fraction.last == "0" { fraction.removeLast() }
        return fraction.isEmpty ? "\(whole)" : "\(whole).\(fraction)"
    }

    /// The kernel's list of numbers and rising ranges: `0-2,4`.
    static func isCPUList(_ text: String) -> Bool {
        text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { part in
            let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { UInt16($0) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil else { return false }
            return first <= last
        }
    }
}
