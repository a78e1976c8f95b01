import Engine

/// A container's health as `inspect` shows it: docker's names.
enum HealthInspection {
    /// `.State.Health`.
    static func value(_ health: HealthReport) -> JSONValue {
        [
            "Status": .string(health.status.rawValue),
            "FailingStreak": .integer(Int64(health.failingStreak)),
            "Log": .array(
                health.log.map { result in
                    [
                        "Start": .string(result.startedAt.rfc3339),
                        "End": .string(result.finishedAt.rfc3339),
                        "ExitCode": .integer(Int64(result.exitCode)),
                        "Output": .string(result.output),
                    ]
                }),
        ]
    }

    /// `.Config.Healthcheck`; docker leaves out what nobody has set.
    static func value(_ check: HealthCheck) -> JSONValue {
        let numbers = [
            ("Interval", check.interval), ("Timeout", check.timeout), ("StartPeriod", check.startPeriod),
            ("StartInterval", check.startInterval), ("Retries", Int64(check.retries)),
        ]
        var members: [JSONValue.Member] = check.test.isEmpty ? [] : [.init(key: "Test", value: .strings(check.test))]
        members += numbers.filter { $0.1 != 0 }.map { .init(key: $0.0, value: .integer($0.1)) }
        return .object(members)
    }
}
