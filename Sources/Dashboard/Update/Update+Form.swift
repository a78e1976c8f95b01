import Engine
import Terminal

/// Running a container from a form.
extension DashboardState {
    mutating func openRunForm() {
        guard canRun else {
            return tell(.failure, words("this dashboard was started without a way to run containers from a form"))
        }
        let image = selectedImage.map { $0.tags.first ?? $0.id.short } ?? ""
        form = FormDialog(purpose: .run, form: RunForm.form(image: image))
    }

    mutating func pressInForm(_ key: Key) -> [Effect] {
        guard let outcome = form?.form.apply(key) else { return [] }
        return settleForm(outcome)
    }

    mutating func pressInForm(_ target: HitTarget?) -> [Effect] {
        guard case .formPlace(let index) = target, let outcome = form?.form.press(index) else { return [] }
        return settleForm(outcome)
    }

    private mutating func settleForm(_ outcome: Form.Outcome) -> [Effect] {
        switch outcome {
        case .handled:
            checkForm()
            return []
        case .ignored: return []
        case .cancel:
            // What was begun goes on, and is told.
            form = nil
            return []
        case .submit:
            guard let dialog = form, !dialog.isBusy else { return [] }
            form?.form.note = nil
            if case .pane(let pane, let word) = dialog.purpose {
                return inside(pane) { pane.kind.hear(word, form: dialog.form, &$0) }
            }
            if dialog.purpose == .build { return submitBuild(BuildForm(dialog.form)) }
            let filled = RunForm(dialog.form)
            guard !filled.image.allSatisfy({ $0 == " " }) else {
                form?.form.refuse([RunForm.Field.image.rawValue: words("a container needs an image")])
                return []
            }
            form?.isBusy = true
            tell(.information, words("running a container of \(filled.image)"))
            return [.run(filled)]
        }
    }

    /// A pane's form is checked with each letter.
    private mutating func checkForm() {
        guard let dialog = form, case .pane(let pane, let word) = dialog.purpose else { return }
        let errors = pane.kind.check(word, form: dialog.form, self)
        for index in dialog.form.fields.indices {
            form?.form.fields[index].error = errors[dialog.form.fields[index].id]
        }
    }

    mutating func receive(_ outcome: RunOutcome) -> [Effect] {
        form?.isBusy = false
        switch outcome {
        case .refused(let reasons):
            notice = nil
            let named = Dictionary(
                reasons.map { ($0.key.rawValue, Format.shorteningDigests($0.value)) }, uniquingKeysWith: { $1 })
            form?.form.refuse(named)
            guard form == nil, let first = reasons.values.sorted().first else { return [] }
            tell(.failure, words("cannot run the container: \(first)"))
            return []
        case .failed(let error):
            // The form stays, with what was wrong: most often one word is to be changed.
            notice = nil
            form?.form.note = Format.shorteningDigests("\(error)")
            if form == nil { tell(.failure, words("cannot run the container: \(error)")) }
            return []
        case .created(let id, let failure):
            form = nil
            awaitedContainer = id
            if let failure {
                tell(.failure, words("\(id.short) was made and did not start: \(failure)"))
            } else {
                tell(.success, words("running \(id.short)"))
            }
            if let container = list.byID[id] { showAwaited(container) }
            return reload(id)
        }
    }

    /// The new container's row, whatever the table shows else.
    mutating func showAwaited(_ container: Container) {
        awaitedContainer = nil
        list.reveal(container.id)
        if notice?.kind == .success { tell(.success, words("\(container.name) runs")) }
        open(.containers)
    }
}
