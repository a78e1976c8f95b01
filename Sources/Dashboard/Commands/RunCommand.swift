/// Runs a command over one thing after another. What fails ends it: the rest would most likely fail as well.
struct RunCommand: Errand {
    /// What comes of it.
    enum Answer: Sendable {
        case lines(Int, [String])
        case ended(Int, CommandOutcome)
    }

    /// The end, as the list of what was done wants it.
    struct End: DeedAnswer {
        var number: Int
        var outcome: CommandOutcome

        var failure: String? {
            switch outcome {
            case .exited(0): nil
            case .exited(let code): words("exit code \(code)")
            case .failed(let why): why
            }
        }
    }

    var number: Int
    var pending: PendingCommand
    /// It has the terminal to itself.
    var hasTerminal: Bool

    var slot: String? { "run-\(number)" }

    var deed: Deed? {
        guard !pending.command.isReadOnly else { return nil }
        let line =
            switch pending.command.line {
            case .shell(let template): template.text
            case .words(let templates): templates.map(\.text).joined(separator: " ")
            }
        return Deed(
            verb: phrase("command"),
            target: pending.subjects.map(\.name).filter { !$0.isEmpty }.joined(separator: ", "),
            command: line)
    }

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
        await answer(End(number: number, outcome: outcome))
    }
}
