import Engine

/// `--cpus`: a decimal number of CPUs, kept in billionths.
enum CPUCount {
    /// Billionths of a CPU.
    /// - Throws: `EngineError` `.invalidArgument`.
    static func nanoseconds(_ text: String) throws -> Int64 {
        guard let count = GoUnits.nanoCPUs(text) else {
            throw EngineError(
                .invalidArgument, "--cpus wants a number of CPUs, not \"\(text)\"", hint: "for instance 0.5 or 2")
        }
        return count
    }
}
