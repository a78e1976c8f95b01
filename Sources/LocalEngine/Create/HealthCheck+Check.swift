import Engine

extension HealthCheck {
    /// Refuses what makes no sense, by docker's rules.
    func check() throws(EngineError) {
        switch test.first {
        case nil,
            "NONE" where test.count == 1:
            break
        case "CMD" where test.count > 1, "CMD-SHELL" where test.count > 1: break
        case let kind?:
            throw EngineError(
                .invalidArgument, "health check \"\(kind)\" is none of NONE, CMD and CMD-SHELL with a command")
        }
        guard !test.contains(where: { $0.utf8.contains(0) }) else {
            throw EngineError(.invalidArgument, "the health check holds a NUL byte")
        }
        let spans = [
            ("interval", interval), ("timeout", timeout), ("start period", startPeriod),
            ("start interval", startInterval),
        ]
        for (name, span) in spans where span != 0 && span < 1_000_000 {
            throw EngineError(.invalidArgument, "the \(name) of a health check cannot be less than 1ms")
        }
        guard retries >= 0 else {
            throw EngineError(.invalidArgument, "the retries of a health check cannot be negative")
        }
    }
}
