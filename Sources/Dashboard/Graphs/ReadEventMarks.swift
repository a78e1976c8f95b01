import Engine

/// Reads what happened since a moment.
struct ReadEventMarks: Errand {
    /// What was found.
    struct Answer: Sendable {
        var marks: [EventMark]
        var since: Timestamp
    }

    var since: Timestamp
    var until: Timestamp

    var slot: String? { "marks" }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        // Without events the graphs are as good as they were.
        guard let reader = try? await services.engine.events(since: since, until: until) else { return }
        var marks: [EventMark] = []
        while !Task.isCancelled, let events = try? await reader.next() {
            marks += events.compactMap { EventMark($0) }
            if marks.count > EventMarks.most * 2 { marks.removeFirst(marks.count - EventMarks.most) }
        }
        await answer(Answer(marks: marks, since: since))
    }
}
