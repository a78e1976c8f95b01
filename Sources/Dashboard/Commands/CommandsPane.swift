import Engine
import Terminal

extension Pane {
    static let commands = Pane("commands")
}

extension ViewName {
    static let commands = ViewName("commands")
}

extension KeyContext {
    static let commands = KeyContext("commands", "Commands")
}

extension Action {
    static let commands = Action("commands")
    static let commandStop = Action("command-stop")
    static let commandAgain = Action("command-again")
}

/// What the person's own commands have said.
enum CommandsPane: PaneKind {
    typealias State = CommandsState

    /// What the pane says to itself by way of dialogs, lines and forms.
    enum Word: Sendable, Hashable {
        case askLine, line, showRuns
        case inputs(PendingCommand)
        case run(PendingCommand)
    }

    static let pane = Pane.commands
    static let title = "Commands"
    static let contexts: [KeyContext] = [.commands, .everywhere]
    static let views = [ViewDefinition(.commands, "Commands", tab: .overview, .commands)]
    static let opening = [KeyBinding(.commands, .everywhere, ["X"], "your own commands, and a line for the shell")]
    static let bindings = [
        KeyBinding(.commandStop, .commands, ["ctrl-x", "ctrl-k"], "end the command that runs", hint: "stop"),
        KeyBinding(.commandAgain, .commands, ["r"], "run the same again", hint: "again"),
    ]
    static let menu: [Action] = [.commandStop, .commandAgain, .commands]

    static func subject(_ state: DashboardState) -> String { state.commandRuns.run?.title ?? words(for: title) }

    static func offers(_ action: Action, _ state: DashboardState) -> Bool {
        switch action {
        case .commandStop: state.commandRuns.run?.isRunning == true
        case .commandAgain: state.commandRuns.run?.isRunning == false
        default: true
        }
    }

    static func height(_ state: DashboardState, _ rect: Rect) -> Int { max(0, rect.height - 2) }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .commands: state.askCommand()
        case .commandStop: return state.focus == pane ? state.cancelCommand() : nil
        case .commandAgain:
            guard state.focus == pane else { return nil }
            guard let run = state.commandRuns.run, !run.isRunning else { return [] }
            if !run.pending.command.isReadOnly, state.refuseIfReadOnly(words("run \(run.title)")) { return [] }
            return state.begin(run.pending)
        default:
            guard let command = state.commands.first(where: { $0.action == action }) else { return nil }
            return state.start(command)
        }
        return []
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.commandRuns.scroll(step, height: state.tableHeight(pane))
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        state.commandRuns.isFollowing = edge == .bottom
        state.commandRuns.top = 0
        return []
    }

    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.commandRuns.column = min(max(0, state.commandRuns.column + step), CommandsState.letterLimit)
        return []
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] { move(step, &state) }

    static func turn(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        state.commandRuns.step(direction)
        return []
    }

    static func find(_ state: inout DashboardState) -> [Effect] { [] }
    static func findAgain(_ direction: Int, _ state: inout DashboardState) -> [Effect] { [] }

    static func hear(_ word: PaneWord, _ state: inout DashboardState) -> [Effect] {
        switch word.value as? Word {
        case .askLine: state.ask(pane, Word.line, words("shell"))
        case .showRuns: state.open(.commands)
        case .run(let pending): return state.begin(pending)
        case .line, .inputs, nil: break
        }
        return []
    }

    static func hear(_ word: PaneWord, text: String, isFinal: Bool, _ state: inout DashboardState) -> [Effect] {
        isFinal && word.value as? Word == .line ? state.startLine(text) : []
    }

    static func hear(_ word: PaneWord, form: Form, _ state: inout DashboardState) -> [Effect] {
        guard case .inputs(let pending) = word.value as? Word else { return [] }
        return state.receive(form, for: pending)
    }

    static func receive(_ answer: any Sendable, _ state: inout DashboardState) -> [Effect] {
        switch answer {
        case let answer as RunCommand.Answer: state.receive(answer)
        case let end as RunCommand.End: state.receive(.ended(end.number, end.outcome))
        default: break
        }
        return []
    }
}
