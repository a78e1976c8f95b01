import Engine

extension DashboardState {
    /// Starts an operation on containers: their rows show it at once.
    /// - Parameter isConfirmed: it was asked for already.
    mutating func perform(_ operation: Operation, on ids: [ContainerID], isConfirmed: Bool = false) -> [Effect] {
        guard !refuseIfReadOnly(words("\(words(for: operation.verb)) a container")) else { return [] }
        let targets = ids.compactMap { id in list.byID[id].map { Effect.Target(id: id, name: $0.name) } }
            .filter { list.busy[$0.id] == nil }
        guard !targets.isEmpty else {
            tell(.information, words("nothing to \(words(for: operation.verb))"))
            return []
        }
        let what = targets.count == 1 ? targets[0].name : Format.count(targets.count, "container")
        if settings.confirmation == .always, !isConfirmed {
            dialog = .question(
                words("\(words(for: operation.verb).capitalizedFirst) \(what)?"), [],
                [
                    ChoiceDialog.Item(
                        label: words(for: operation.verb).capitalizedFirst,
                        choice: .perform(operation, targets.map(\.id)))
                ])
            return []
        }
        for target in targets { list.busy[target.id] = operation }
        tell(.information, "\(words(for: operation.progress)) \(what)")
        return [.perform(operation, targets)]
    }

    /// `s`: what runs is stopped, what does not is started. With marks of both kinds, those that run are stopped.
    mutating func startOrStop() -> [Effect] {
        let targets = list.targets
        let alive = targets.filter { $0.state.isAlive || $0.state.name == "restarting" }
        return alive.isEmpty ? perform(.start, on: targets.map(\.id)) : perform(.stop, on: alive.map(\.id))
    }

    mutating func pauseOrResume() -> [Effect] {
        let targets = list.targets
        let running = targets.filter { $0.state.name == "running" }
        if !running.isEmpty { return perform(.pause, on: running.map(\.id)) }
        let paused = targets.filter { $0.state.name == "paused" }
        if !paused.isEmpty { return perform(.unpause, on: paused.map(\.id)) }
        tell(
            .information,
            targets.isEmpty ? words("no container is selected") : words("only a running container can be paused"))
        return []
    }

    mutating func askKill() {
        guard !refuseIfReadOnly(words("kill containers")) else { return }
        let targets = list.targets.filter { $0.state.isAlive }
        guard !targets.isEmpty else {
            tell(.information, words("only a running container can be killed"))
            return
        }
        let ids = targets.map(\.id)
        dialog = ChoiceDialog(
            kind: .list, title: words("Kill \(Self.names(targets.map(\.name)))"),
            text: [words("Which signal shall it get? With SIGKILL all that is unsaved is lost.")],
            items: [ChoiceDialog.Item(label: words("Cancel"), choice: .cancel)]
                + Signals.offered.map {
                    ChoiceDialog.Item(
                        label: $0.name, note: words(for: $0.help), choice: .perform(.kill(signal: $0.number), ids),
                        isDangerous: $0.number == 9)
                })
    }

    mutating func askRemoveContainers() {
        guard !refuseIfReadOnly(words("remove containers")) else { return }
        let targets = list.targets
        guard !targets.isEmpty else {
            tell(.information, words("no container is selected"))
            return
        }
        let ids = targets.map(\.id)
        let alive = targets.filter { $0.state.isAlive || $0.state.name == "restarting" }
        var text = [words("What was written in it and its log are lost.")]
        if !alive.isEmpty {
            text.append(
                targets.count == 1
                    ? words("It is \(alive[0].state.shownName) and will be killed.")
                    : words("\(alive.count) of them are alive and will be killed."))
        }
        let remove = ChoiceDialog.Item(
            label: alive.isEmpty ? words("Remove") : words("Kill and remove"),
            choice: .perform(.remove(force: !alive.isEmpty), ids), isDangerous: true)
        dialog = .question(words("Remove \(Self.names(targets.map(\.name)))?"), text, [remove])
    }

    mutating func askRemoveImages() {
        guard !refuseIfReadOnly(words("remove images")) else { return }
        let targets = imageList.targets
        guard !targets.isEmpty else {
            tell(.information, words("no image is selected"))
            return
        }
        let users = targets.reduce(0) { $0 + (imageList.users[$1.id]?.count ?? 0) }
        let severalTags = targets.contains { $0.tags.count > 1 }
        var text = [severalTags ? words("All its names and its layers are removed.") : words("Its layers are removed.")]
        if users > 0 { text.append(words("\(Format.count(users, "container")) came from it and need it to start.")) }
        let remove = ChoiceDialog.Item(
            label: users > 0 || severalTags ? words("Remove by force") : words("Remove"),
            choice: .removeImages(targets.map(\.id), force: users > 0 || severalTags), isDangerous: true)
        dialog = .question(words("Remove \(Self.names(targets.map { ImagesState.name(of: $0) }))?"), text, [remove])
    }

    /// What the dialog's chosen item does.
    mutating func choose(_ choice: ChoiceDialog.Choice) -> [Effect] {
        dialog = nil
        switch choice {
        case .cancel: return []
        case .perform(let operation, let ids): return perform(operation, on: ids, isConfirmed: true)
        case .removeImages(let ids, let force):
            let targets = imageList.all.filter { ids.contains($0.id) }
                .map { Effect.ImageTarget(id: $0.id, name: ImagesState.name(of: $0)) }
            return begin(.removeImages(targets, force: force), targets)
        case .pruneImages(let ids): return removeUnused(ids)
        case .push(let id, let reference): return push(id, as: reference)
        case .askPull(let name):
            askPull(name)
            return []
        case .quit: return [.quit]
        case .change(let change): return carryOut(change)
        case .browse(let address): return [.browse(address)]
        case .action(let action): return act(action)
        case .tell(let pane, let word): return inside(pane) { pane.kind.hear(word, &$0) }
        case .navigate(let choice): return choose(choice)
        }
    }

    /// Removes images that no container is made from, all their names.
    mutating func removeUnused(_ ids: [ImageID]) -> [Effect] {
        guard !refuseIfReadOnly(words("remove images")) else { return [] }
        let ids = Set(ids)
        let targets = imageList.all.filter { ids.contains($0.id) }.map(Effect.ImageTarget.init)
        return begin(.pruneImages(targets), targets)
    }

    /// Layers go file by file: it is told while it goes on.
    private mutating func begin(_ removal: Effect, _ targets: [Effect.ImageTarget]) -> [Effect] {
        guard !targets.isEmpty else { return [] }
        tell(.information, words("removing \(Self.names(targets.map(\.name)))"))
        return [removal]
    }

    /// Tells how it went; marks that did their duty go.
    mutating func receive(_ operation: Operation, _ outcomes: [Message.Outcome]) -> [Effect] {
        for outcome in outcomes { list.busy[outcome.id] = nil }
        let failures = outcomes.filter { $0.error != nil }
        let successes = outcomes.filter { $0.error == nil }
        list.marks.subtract(successes.map(\.id))
        if case .remove = operation {
            for outcome in successes { list.remove(outcome.id) }
            imageList.count(list.all)
        }
        tellOutcome(
            verb: words(for: operation.verb), done: words(for: operation.done), noun: "container",
            good: successes.map(\.name),
            bad: failures.map { ($0.name, $0.error) })
        return successes.contains { list.byID[$0.id] != nil }
            ? successes.filter { list.byID[$0.id] != nil }.flatMap { reloadAfterOperation($0.id) } : []
    }

    private mutating func reloadAfterOperation(_ id: ContainerID) -> [Effect] {
        guard list.reloading.insert(id).inserted else { return [] }
        return [.loadContainer(id)]
    }

    mutating func receive(_ outcomes: [Message.ImageOutcome]) -> [Effect] {
        let failures = outcomes.filter { $0.error != nil }
        let successes = outcomes.filter { $0.error == nil }
        imageList.marks.subtract(successes.map(\.id))
        tellOutcome(
            verb: words("remove"), done: words("removed"), noun: "image", good: successes.map(\.name),
            bad: failures.map { ($0.name, $0.error) })
        return successes.isEmpty ? [] : [.loadImages]
    }

    /// One sentence about all of them; the first reason is told whole.
    mutating func tellOutcome(
        verb: String, done: String, noun: String, good: [String], bad: [(name: String, error: EngineError?)]
    ) {
        let successes = good.count == 1 ? "\(done) \(good[0])" : "\(done) \(Format.count(good.count, noun))"
        guard let first = bad.first else {
            tell(.success, successes)
            return
        }
        let reason = first.error.map { "\($0)" } ?? words("for no reason it told")
        var text = words("cannot \(verb) \(first.name): \(reason)")
        if bad.count > 1 {
            text = words("cannot \(verb) \(Format.count(bad.count, noun)); the first, \(first.name): \(reason)")
        }
        if !good.isEmpty { text = "\(successes); \(text)" }
        tell(.failure, text)
    }

    /// `web`, or `3 items: web, db, cache` shortened by the dialog.
    static func names(_ names: [String]) -> String {
        if names.count == 1 { return names[0] }
        let shown = names.prefix(3).joined(separator: ", ")
        return names.count <= 3 ? shown : words("\(shown) and \(names.count - 3) more")
    }
}
