import Engine
import Terminal

/// What was run of the person's commands, and what of it is looked at.
struct CommandsState: PaneState {
    /// The newest runs; older ones are forgotten.
    static let runLimit = 20
    /// Lines that are kept of one run.
    static let lineLimit = 5_000
    /// Letters of a line that are kept.
    static let letterLimit = 4_096

    var runs: [CommandRun] = []
    /// The run that is shown, by its number.
    var shown: Int?
    /// The first line on the screen, while it does not follow.
    var top = 0
    var column = 0
    var isFollowing = true
    private var lastNumber = 0

    init() {}

    var run: CommandRun? { runs.first { $0.number == shown } ?? runs.last }

    /// Begins a run and shows it.
    mutating func begin(_ pending: PendingCommand, title: String, at now: Timestamp) -> Int {
        lastNumber += 1
        runs.append(CommandRun(number: lastNumber, title: title, pending: pending, since: now))
        // What runs stays; of the others the oldest goes.
        if runs.count > Self.runLimit, let old = runs.firstIndex(where: { !$0.isRunning }) { runs.remove(at: old) }
        show(lastNumber)
        return lastNumber
    }

    mutating func show(_ number: Int) {
        shown = number
        (top, column, isFollowing) = (0, 0, true)
    }

    /// To the next run or the one before.
    mutating func step(_ direction: Int) {
        guard let index = runs.firstIndex(where: { $0.number == run?.number }) else { return }
        let other = index + direction
        if runs.indices.contains(other) { show(runs[other].number) }
    }

    mutating func change(_ number: Int, _ body: (inout CommandRun) -> Void) {
        guard let index = runs.firstIndex(where: { $0.number == number }) else { return }
        body(&runs[index])
    }

    /// Scrolls the output in a window of `height` rows.
    mutating func scroll(_ step: Int, height: Int) {
        guard let count = run?.lines.count else { return }
        let last = max(0, count - height)
        let from = isFollowing ? last : min(top, last)
        top = max(0, min(from + max(-count, min(step, count)), last))
        isFollowing = top == last
    }

    /// The first line in a window of `height` rows.
    func first(height: Int) -> Int {
        let last = max(0, (run?.lines.count ?? 0) - height)
        return isFollowing ? last : min(top, last)
    }
}

/// One run of a command: over one thing after another.
struct CommandRun: Sendable {
    enum State: Sendable, Hashable {
        case running
        case ended(CommandOutcome)
        case cancelled
    }

    var number: Int
    var title: String
    var pending: PendingCommand
    var since: Timestamp
    var until: Timestamp?
    var lines: [String] = []
    /// Lines that were too many.
    var dropped = 0
    var state = State.running

    var isRunning: Bool { state == .running }
    var slot: String { "run-\(number)" }

    mutating func add(_ new: [String]) {
        lines += new.map {
            $0.utf8.count > CommandsState.letterLimit ? String($0.prefix(CommandsState.letterLimit)) : $0
        }
        let excess = lines.count - CommandsState.lineLimit
        guard excess > 0 else { return }
        lines.removeFirst(excess)
        dropped += excess
    }
}

/// A command that is about to be run: over what, and with which answers.
struct PendingCommand: Sendable, Hashable {
    /// One thing that it is about.
    struct Subject: Sendable, Hashable {
        var name: String
        var values: [CommandValue: String]
    }

    var command: CustomCommand
    var subjects: [Subject]
    var answers: [String: String] = [:]
    /// It was asked for, where it asks.
    var isConfirmed = false

    /// All its invocations, with what each is about.
    var invocations: [(subject: String, invocation: CommandInvocation)] {
        subjects.map { ($0.name, command.invocation($0.values, answers: answers)) }
    }
}
