/// Runs a command over one thing after another. What fails ends it: the rest would most likely fail as well.
struct RunCommand: Errand {
    /// What comes of it.
    enum Answer: Sendable {
        case lines(Int, [String])
        case ended(Int, CommandOutcome)
    }

    var number: Int
    var pending: PendingCommand
    /// It has the terminal to itself.
    var hasTerminal: Bool

    var slot: String? { "run-\(number)" }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        let number = number
        var outcome = CommandOutcome.failed(words("this dashboard was started without a way to run commands"))
        let invocations = pending.invocations
        for (subject, invocation) in invocations {
            if hasTerminal {
                guard let run = services.host.runCommandInTerminal else { break }
                outcome = await run(invocation)
            } else {
                guard let run = services.host.runCommand else { break }
                if invocations.count > 1 { await answer(Answer.lines(number, ["── \(subject)"])) }
                outcome = await run(invocation) { await answer(Answer.lines(number, $0)) }
            }
            if outcome != .exited(0) || Task.isCancelled { break }
        }
        await answer(Answer.ended(number, outcome))
    }
}
