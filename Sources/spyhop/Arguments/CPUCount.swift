import Engine

/// `--cpus`: a decimal number of CPUs, kept in billionths.
enum CPUCount {
    /// Billionths of a CPU.
    /// - Throws: `EngineError` `.invalidArgument`.
    static func nanoseconds(_ text: String) throws -> Int64 {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : ""
        let digits = String(fraction) + String(repeating: "0", count: max(0, 9 - fraction.count))
        guard fraction.count <= 9, digits.allSatisfy({ ("0"..."9").contains($0) }), let billionths = Int64(digits),
            let whole = Int64(parts[0].isEmpty ? "0" : parts[0]), (0...100_000).contains(whole),
            !text.isEmpty, text != "."
        else {
            throw EngineError(
                .invalidArgument, "--cpus wants a number of CPUs, not \"\(text)\"", hint: "for instance 0.5 or 2")
        }
        return whole * 1_000_000_000 + billionths
    }
}
