import Engine

/// `--ulimit nofile=1024:2048`, as go-units reads it.
enum UlimitOption {
    private static let names: Set<String> = [
        "as", "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss",
        "rtprio", "rttime", "sigpending", "stack",
    ]

    /// The limit; without a hard one the soft one stands for both.
    /// - Throws: `EngineError` `.invalidArgument`.
    static func parse(_ text: String) throws -> SystemOptions.Ulimit {
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let values = halves.count == 2 ? halves[1].split(separator: ":", omittingEmptySubsequences: false) : []
        guard let name = halves.first, (1...2).contains(values.count), let soft = number(values[0]),
            let hard = number(values[values.count - 1])
        else {
            throw EngineError(
                .invalidArgument, "--ulimit \"\(text)\" is no limit",
                hint: "for instance nofile=1024 or nofile=1024:2048")
        }
        guard names.contains(name) else {
            throw EngineError(
                .invalidArgument, "--ulimit \(text): there is no limit \"\(name)\"",
                hint: "one of \(names.sorted().joined(separator: ", "))")
        }
        guard hard == -1 || (soft != -1 && soft <= hard) else {
            throw EngineError(.invalidArgument, "--ulimit \(text): the soft limit is above the hard one")
        }
        return SystemOptions.Ulimit(name: name, soft: soft, hard: hard)
    }

    private static func number(_ text: Substring) -> Int64? {
        guard let number = Int64(text), number >= -1 else { return nil }
        return number
    }
}
