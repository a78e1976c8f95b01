/// Amounts as docker's command line reads them.
public enum GoUnits {
    /// A size (go-units `RAMInBytes`): a number and `b`, `k`, `m`, `g`, `t` or `p`, powers of 1024, in bytes; `nil` when it
    /// is none.
    public static func bytes(_ text: String) -> Int64? {
        var body = text.lowercased()[...]
        let digits = body.prefix { ("0"..."9").contains($0) || $0 == "." }
        guard let value = Double(digits), value.isFinite else { return nil }
        body = body.dropFirst(digits.count)
        if body.first == " " { body = body.dropFirst() }
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

    /// A number of CPUs (`--cpus`), in billionths of one: `1.5` is 1 500 000 000; `nil` when it is none.
    public static func nanoCPUs(_ text: String) -> Int64? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : ""
        let digits = String(fraction) + String(repeating: "0", count: max(0, 9 - fraction.count))
        guard !text.isEmpty, text != ".", fraction.count <= 9, digits.allSatisfy({ ("0"..."9").contains($0) }),
            let billionths = Int64(digits), let whole = Int64(parts[0].isEmpty ? "0" : parts[0]),
            (0...100_000).contains(whole)
        else { return nil }
        return whole * 1_000_000_000 + billionths
    }
}
