import Engine

/// Which of several engines is meant, after all have been asked.
enum EngineChoice {
    /// Chooses the one that has it.
    /// - Returns: a failure when none has it, or several have.
    static func choose<Found>(
        _ text: String, _ kind: String, _ answers: [(MergedEngine.Member, Result<Found, any Error>)]
    ) -> Result<(MergedEngine.Member, Found), any Error> {
        var found: [(MergedEngine.Member, Found)] = []
        var failures: [EngineError] = []
        for (member, answer) in answers {
            switch answer {
            case .success(let one): found.append((member, one))
            case .failure(let error): failures.append(error as? EngineError ?? EngineError(.system, "\(error)"))
            }
        }
        if found.count == 1, let only = found.first { return .success(only) }
        if found.count > 1 {
            let spellings = found.map { EngineReference.text(text, of: $0.0.name) }
            return .failure(
                EngineError(
                    .conflict, "several engines have a \(kind) \(text)",
                    hint: "say which: \(spellings.joined(separator: " or "))"))
        }
        // That several begin so within one engine, or that one cannot be asked, says more than that another has none.
        if let other = failures.first(where: {
            $0.code != .notFound && $0.code != .unreachable && $0.code != .unsupported
        }) {
            return .failure(other)
        }
        let missing = failures.first { $0.code == .notFound }
        let away = failures.filter { $0.code == .unreachable }
        guard missing != nil, let first = away.first else {
            return .failure(missing ?? failures.first ?? EngineError(.notFound, "no such \(kind): \(text)"))
        }
        return .failure(
            EngineError(.notFound, "no such \(kind): \(text)", hint: "an engine could not be asked", cause: first))
    }
}
