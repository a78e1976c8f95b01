import Engine

/// Limits as people type them.
enum LimitText {
    /// Bytes with docker's units, powers of 1024: `512m`, `1.5g`; `nil` when it is none.
    static func bytes(_ text: String) -> Int64? {
        var body = text.lowercased().filter { $0 != " " }[...]
        let digits = body.prefix { ("0"..."9").contains($0) || $0 == "." }
        guard let value = Double(digits), value.isFinite else { return nil }
        body = body.dropFirst(digits.count)
        let powers: [Character: Int] = ["k": 1, "m": 2, "g": 3, "t": 4, "p": 5]
        var power = 0
        if let unit = body.first, let found = powers[unit] {
            power = found
            body = body.dropFirst()
            if body.first == "i" { body = body.dropFirst() }
        }
        if body.first == "b" { body = body.dropFirst() }
        guard body.isEmpty else { return nil }
        return Int64(exactly: (value * Double(Int64(1) << Int64(10 * power))).rounded(.down))
    }

    /// Bytes as they can be typed again without losing any: `512m`, `1536k`, `1000`.
    static func text(bytes: Int64) -> String {
        for (unit, power) in [("t", 40), ("g", 30), ("m", 20), ("k", 10)] as [(String, Int64)] {
            if bytes >= 1 << power, bytes % (1 << power) == 0 { return "\(bytes >> power)\(unit)" }
        }
        return "\(bytes)"
    }

    /// Billionths of a CPU: `1.5` is 1 500 000 000; `nil` when it is none.
    static func nanoCPUs(_ text: String) -> Int64? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : ""
        let digits = String(fraction) + String(repeating: "0", count: max(0, 9 - fraction.count))
        guard !text.isEmpty, text != ".", fraction.count <= 9, digits.allSatisfy({ ("0"..."9").contains($0) }),
            let billionths = Int64(digits), let whole = Int64(parts[0].isEmpty ? "0" : parts[0]),
            (0...100_000).contains(whole)
        else { return nil }
        return whole * 1_000_000_000 + billionths
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
