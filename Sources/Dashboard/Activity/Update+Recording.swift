import Engine

/// Keeping account of what is done, and refusing it where nothing may be changed.
extension DashboardState {
    /// The last wall: whatever dialog or pane it came through, where nothing may be changed nothing is.
    mutating func withoutChanges(_ effects: [Effect]) -> [Effect] {
        guard isReadOnly else { return effects }
        let kept = effects.filter { $0.deed == nil }
        guard kept.count < effects.count else { return effects }
        for case .perform(_, let targets) in effects { for target in targets { list.busy[target.id] = nil } }
        form?.isBusy = false
        tell(.information, words("read-only: refused, nothing was changed"))
        return kept
    }

    /// Notes what begins.
    mutating func record(_ effects: [Effect]) {
        for effect in effects {
            for deed in effect.deeds { activity.begin(deed.verb, deed.target, command: deed.command, at: now) }
        }
    }

    /// Notes what has ended.
    mutating func recordEnd(_ message: Message) {
        switch message {
        case .performed(let operation, let outcomes):
            for outcome in outcomes { end(operation.verb, outcome.name, outcome.error) }
        case .imagesRemoved(let outcomes):
            for outcome in outcomes { end("remove image", outcome.name, outcome.error) }
        case .imageTagged(let image, let name, let error): end("tag", "\(image.name) as \(name)", error)
        case .transferEnded(let id, let result):
            guard let transfer = transfers.all.first(where: { $0.id == id }) else { return }
            if case .failure(let error) = result {
                end(transfer.request.verb, transfer.request.reference, error)
            } else {
                end(transfer.request.verb, transfer.request.reference, nil)
            }
        case .ran(let outcome): recordEnd(outcome)
        case .changed(let change, let outcomes):
            let failure = outcomes.compactMap(\.error).first
            for deed in Effect.change(change).deeds { end(deed.verb, deed.target, failure) }
        case .build(let id, .ended(let result)):
            guard let build = builds.all.first(where: { $0.id == id }) else { return }
            if case .failure(let error) = result {
                end("build", "\(build.title) (\(id))", error)
            } else {
                end("build", "\(build.title) (\(id))", nil)
            }
        case .build(let id, .refused(let reasons)):
            guard let build = builds.all.first(where: { $0.id == id }) else { return }
            activity.end(
                "build", "\(build.title) (\(id))", failure: reasons.values.sorted().first ?? "refused", at: now)
        case .deedEnded(let deed, let failure): activity.end(deed.verb, deed.target, failure: failure, at: now)
        case .shellEnded(let text):
            for entry in activity.running where entry.deed == "shell" || entry.deed == "attach" {
                activity.end(entry.id, failure: text, at: now)
            }
        default: break
        }
    }

    private mutating func end(_ verb: String, _ target: String, _ error: EngineError?) {
        activity.end(verb, target, failure: error.map { "\($0)" }, at: now)
    }

    private mutating func recordEnd(_ outcome: RunOutcome) {
        guard let running = activity.entries.first(where: { $0.deed == "run" && $0.outcome == .running }) else {
            return
        }
        let failure: String? =
            switch outcome {
            case .refused(let reasons): reasons.values.sorted().first ?? "refused"
            case .failed(let error): "\(error)"
            case .created(_, let failure): failure.map { "\($0)" }
            }
        activity.end(running.id, failure: failure, at: now)
    }
}
