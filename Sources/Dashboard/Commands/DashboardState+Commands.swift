import Engine
import Terminal

/// How a command comes to be run: what it is about, what it asks, whether it is really wanted.
extension DashboardState {
    var commandRuns: CommandsState {
        get { self[CommandsPane.self] }
        _modify { yield &self[CommandsPane.self] }
    }

    /// The commands that fit what has the focus, the particular ones first.
    var fittingCommands: [CustomCommand] {
        let contexts = focus.keyContexts
        return commands.filter { $0.scope != .everywhere && contexts.contains($0.scope.context) }
            + commands.filter { $0.scope == .everywhere }
    }

    /// All that fits here, and a line for the shell.
    mutating func askCommand() {
        var items = fittingCommands.map { command in
            ChoiceDialog.Item(
                label: command.name, note: keys.key(for: command.action).map(KeyMap.display) ?? "",
                choice: .action(command.action))
        }
        items.append(
            ChoiceDialog.Item(
                label: words("a line for the shell…"), choice: .tell(.commands, PaneWord(CommandsPane.Word.askLine))))
        if let run = commandRuns.run {
            items.append(
                ChoiceDialog.Item(
                    label: words("what ran last"), note: run.title,
                    choice: .tell(.commands, PaneWord(CommandsPane.Word.showRuns))))
        }
        dialog = ChoiceDialog(
            kind: .list, title: words("Commands"),
            text: commands.isEmpty
                ? [words("commands: in the configuration puts your own here; docs/configuration.md shows how")] : [],
            items: items)
    }

    /// Runs a command over what is marked or selected.
    mutating func start(_ command: CustomCommand) -> [Effect] {
        if !command.isReadOnly, refuseIfReadOnly(words("run \(command.name)")) { return [] }
        let subjects = subjects(of: command.scope)
        guard !subjects.isEmpty else {
            tell(.information, words("\(command.name) is about a \(command.scope.rawValue), and none is selected"))
            return []
        }
        let pending = PendingCommand(command: command, subjects: subjects)
        guard !command.inputs.isEmpty else { return begin(pending) }
        form = FormDialog(
            purpose: .pane(.commands, PaneWord(CommandsPane.Word.inputs(pending))), form: Self.form(of: command))
        return []
    }

    /// Runs a line that was typed, in the shell, about whatever is selected.
    mutating func startLine(_ line: String) -> [Effect] {
        guard line.contains(where: { $0 != " " }) else { return [] }
        if refuseIfReadOnly(words("run a line in the shell")) { return [] }
        // Typed by the person, word for word: it has no places for values, only their variables.
        let command = CustomCommand(name: line, scope: .everywhere, line: .shell(.verbatim(line)))
        var values: [CommandValue: String] = commandFacts
        for scope in [CustomCommand.Scope.container, .image, .network, .volume] {
            if let only = subjects(of: scope).first { values.merge(only.values) { first, _ in first } }
        }
        return begin(PendingCommand(command: command, subjects: [PendingCommand.Subject(name: "", values: values)]))
    }

    /// Runs it, after asking where it asks.
    mutating func begin(_ pending: PendingCommand) -> [Effect] {
        let command = pending.command
        if command.asks, !pending.isConfirmed {
            var wanted = pending
            wanted.isConfirmed = true
            let names = pending.subjects.map(\.name).filter { !$0.isEmpty }
            dialog = .question(
                words("Run \(command.name)?"), names.isEmpty ? [] : [names.joined(separator: ", ")],
                [
                    ChoiceDialog.Item(
                        label: words("Run"), choice: .tell(.commands, PaneWord(CommandsPane.Word.run(wanted))),
                        isDangerous: !command.isReadOnly)
                ])
            return []
        }
        let names = pending.subjects.map(\.name).filter { !$0.isEmpty }
        let about =
            names.count > 2 ? words("\(names[0]) and \(names.count - 1) more") : names.joined(separator: ", ")
        let number = commandRuns.begin(
            pending, title: about.isEmpty ? command.name : "\(command.name): \(about)", at: now)
        let errand = RunCommand(number: number, pending: pending, hasTerminal: command.output == .terminal)
        switch command.output {
        case .terminal: return [.terminal(PaneErrand(pane: .commands, errand: errand))]
        case .background: tell(.information, words("running \(command.name)"))
        case .pane: open(.commands)
        }
        return [.errand(.commands, errand)]
    }

    mutating func receive(_ answer: RunCommand.Answer) {
        switch answer {
        case .lines(let number, let lines): commandRuns.change(number) { $0.add(lines) }
        case .ended(let number, let outcome):
            let now = now
            commandRuns.change(number) { run in
                run.state = .ended(outcome)
                run.until = now
            }
            guard let run = commandRuns.runs.first(where: { $0.number == number }), !layout.shows(.commands) else {
                return
            }
            switch outcome {
            case .exited(0): tell(.success, words("\(run.pending.command.name) is done"))
            case .exited(let code):
                tell(.failure, words("\(run.pending.command.name) ended with exit code \(code)"))
            case .failed(let why): tell(.failure, words("cannot run \(run.pending.command.name): \(why)"))
            }
        }
    }

    /// Ends the run that is shown.
    mutating func cancelCommand() -> [Effect] {
        guard let run = commandRuns.run, run.isRunning else { return [] }
        let now = now
        commandRuns.change(run.number) { run in
            run.state = .cancelled
            run.until = now
        }
        return [.endErrand(.commands, slot: run.slot)]
    }

    private func subjects(of scope: CustomCommand.Scope) -> [PendingCommand.Subject] {
        let found: [PendingCommand.Subject] =
            switch scope {
            case .container:
                list.targets.map { container in
                    PendingCommand.Subject(
                        name: container.name,
                        values: [
                            .containerName: container.name, .containerID: container.id.rawValue,
                            .containerImage: container.image, .containerState: container.state.name,
                        ])
                }
            case .image:
                imageList.targets.map { image in
                    let name = ImagesState.name(of: image)
                    return PendingCommand.Subject(name: name, values: [.imageName: name, .imageID: image.id.rawValue])
                }
            case .network:
                networks.targets.map { network in
                    PendingCommand.Subject(
                        name: network.name, values: [.networkName: network.name, .networkID: network.id.rawValue])
                }
            case .volume:
                volumes.targets.map { PendingCommand.Subject(name: $0.name, values: [.volumeName: $0.name]) }
            case .everywhere: [PendingCommand.Subject(name: "", values: [:])]
            }
        return found.map { subject in
            var whole = subject
            whole.values.merge(commandFacts) { own, _ in own }
            return whole
        }
    }

    private static func form(of command: CustomCommand) -> Form {
        let fields = command.inputs.map { input in
            let value: FormField.Value
            switch input.kind {
            case .text, .number, .secret: value = .text(TextLine(input.initial))
            case .choice(let choices): value = .choice(choices, selected: choices.firstIndex(of: input.initial) ?? 0)
            case .yesNo: value = .flag(input.initial == "yes")
            }
            var field = FormField(input.name, label: input.label, value: value)
            field.isSecret = input.kind == .secret
            return field
        }
        return Form(title: command.name, fields: fields, submit: words("Run"))
    }

    /// Takes the answers out of the form, or says in it what is wrong with them.
    mutating func receive(_ filled: Form, for pending: PendingCommand) -> [Effect] {
        var answers: [String: String] = [:]
        var refusals: [String: String] = [:]
        for input in pending.command.inputs {
            guard let field = filled[input.name] else { continue }
            let answer = input.kind == .yesNo ? (field.isSet ? "yes" : "no") : field.text
            answers[input.name] = answer
            refusals[input.name] = input.refusal(of: answer)
        }
        guard refusals.isEmpty else {
            form?.form.refuse(refusals)
            return []
        }
        form = nil
        var whole = pending
        whole.answers = answers
        return begin(whole)
    }
}
