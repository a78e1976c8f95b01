import Engine
import Terminal

extension Pane {
    static let limits = Pane("limits")
}

extension ViewName {
    static let limits = ViewName("limits")
}

extension KeyContext {
    static let limits = KeyContext("limits", "Limits")
}

extension Action {
    static let limits = Action("limits")
    static let limitsUndo = Action("limits-undo")
    static let rename = Action("rename")
}

/// What the limits know.
struct LimitsState: PaneState {
    /// What puts the former values of the container back.
    struct Undo: Sendable, Hashable {
        var container: ContainerID
        var change: LimitForm.Change
    }

    var undo: Undo?
    var index = 0
    /// What an update is under way with.
    var pending: Undo?

    init() {}
}

/// Changes limits and restart policy at once.
struct UpdateLimits: Errand {
    struct Answer: DeedAnswer {
        var container: ContainerID
        var result: Result<[String], EngineError>

        var failure: String? { if case .failure(let error) = result { error.description } else { nil } }
    }

    var container: ContainerID
    var change: LimitForm.Change

    var deed: Deed? {
        Deed(verb: phrase("update"), target: container.short, command: change.command(container.short))
    }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        let result = await services.result {
            try await services.engine.update(
                container.rawValue, limits: change.limits, restartPolicy: change.restartPolicy)
        }
        await answer(Answer(container: container, result: result))
    }
}

/// Gives a container another name.
struct RenameContainer: Errand {
    struct Answer: DeedAnswer {
        var old: String
        var new: String
        var error: EngineError?

        var failure: String? { error?.description }
    }

    var container: ContainerID
    var old: String
    var new: String

    var deed: Deed? { Deed(verb: phrase("rename"), target: old, command: "spyhop rename \(old) \(new)") }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        let result = await services.result { try await services.engine.rename(container.rawValue, to: new) }
        var failure: EngineError?
        if case .failure(let error) = result { failure = error }
        await answer(Answer(old: old, new: new, error: failure))
    }
}

/// What the limits ask for in forms and lines.
enum LimitsWord: Sendable, Hashable {
    case form(ContainerID)
    case rename(ContainerID)
}

/// The limits of the selected container, what is used of them, and a form that changes them while it runs.
enum LimitsPane: PaneKind {
    typealias State = LimitsState

    static let pane = Pane.limits
    static let title = "Limits"
    static let contexts: [KeyContext] = [.limits, .containers, .everywhere]
    static let views = [ViewDefinition(.limits, "Limits", tab: .containers, .limits)]
    static let bindings = [
        KeyBinding(.limits, .containers, ["L"], "change its limits while it runs", hint: "limits"),
        KeyBinding(.rename, .containers, ["R"], "give it another name"),
        KeyBinding(.limitsUndo, .limits, ["u"], "put the former limits back", hint: "undo"),
    ]
    static var menu: [Action] { [.limits, .limitsUndo, .rename] + ContainersPane.menu }

    static func subject(_ state: DashboardState) -> String { ContainersPane.subject(state) }

    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let inside = frame.pane(
            rect,
            title: [Span("\(words("Limits")) ", look[.title]), Span(state.selected?.name ?? "", look[.secondary])],
            isFocused: state.focus == pane, look: look)
        guard let container = state.selected else {
            return frame.emptiness(
                [words("no container is selected"), words("2 shows them, L their limits")], in: inside, seed: 12,
                now: state.now,
                look: look)
        }
        let limits = LimitForm(container, cpuCount: state.host.cpuCount)
        let usage = state.usage[container.id]
        let fields = LimitForm.Field.allCases
        RowList(
            pane: pane, count: fields.count, index: state[LimitsPane.self].index, scroll: 0,
            isFocused: state.focus == pane
        ).draw(in: inside, &frame, look) { place, width in
            line(fields[place], limits, usage, state, width, look)
        }
    }

    private static func line(
        _ field: LimitForm.Field, _ limits: LimitForm, _ usage: Usage?, _ state: DashboardState, _ width: Int,
        _ look: Look
    ) -> [Span] {
        let text = limits.text(field)
        var spans = [Span(RowList.cell(field.label, 20), look[.secondary])]
        let value = text.isEmpty ? words("not limited") : text == "-1" ? words("unlimited") : text
        spans.append(Span(RowList.cell(value, 18), look[text.isEmpty ? .faint : .text]))
        guard let used = LimitForm.usage(field, usage, cpuCount: state.host.cpuCount) else { return spans }
        if let share = limits.share(field, usage), width >= 76 {
            let bar = 16
            let filled = min(bar, max(share > 0 ? 1 : 0, Int((share * Double(bar)).rounded())))
            let style = look[share >= 0.9 ? .error : share >= 0.7 ? .warning : .ok]
            spans.append(Span(String(repeating: Character(look.glyphs.full), count: filled), style))
            spans.append(Span(String(repeating: Character(look.glyphs.empty), count: bar - filled) + " ", look[.track]))
        }
        spans.append(Span(used, look[.muted]))
        return spans
    }

    static func height(_ state: DashboardState, _ rect: Rect) -> Int { max(1, rect.height - 2) }

    static func offers(_ action: Action, _ state: DashboardState) -> Bool {
        action != .limitsUndo || undo(state) != nil
    }

    private static func undo(_ state: DashboardState) -> LimitsState.Undo? {
        state[LimitsPane.self].undo.flatMap { $0.container == state.list.selected ? $0 : nil }
    }

    // MARK: What a person does

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .limits:
            guard let container = chosen(&state) else { return [] }
            state.open(.limits)
            edit(container, &state)
        case .limitsUndo:
            guard state.focus == pane else { return nil }
            guard let undo = undo(state) else {
                state.tell(.information, words("nothing was changed from here"))
                return []
            }
            guard !state.refuseIfReadOnly(words("change limits")) else { return [] }
            state[LimitsPane.self].undo = nil
            state[LimitsPane.self].pending = nil
            return [.errand(pane, UpdateLimits(container: undo.container, change: undo.change))]
        case .rename:
            guard let container = chosen(&state), !state.refuseIfReadOnly(words("rename containers")) else { return [] }
            state.ask(pane, LimitsWord.rename(container.id), words("new name"), text: container.name)
        default: return nil
        }
        return []
    }

    private static func chosen(_ state: inout DashboardState) -> Container? {
        if let container = state.selected { return container }
        state.tell(.information, words("no container is selected"))
        return nil
    }

    private static func edit(_ container: Container, _ state: inout DashboardState) {
        guard !state.refuseIfReadOnly(words("change limits")) else { return }
        let limits = LimitForm(container, cpuCount: state.host.cpuCount)
        let usage = state.usage[container.id]
        let fields = LimitForm.Field.allCases.map { field in
            var line = FormField(
                field.rawValue, label: field.label, hint: field.hint, value: .text(TextLine(limits.text(field))))
            line.remark = LimitForm.usage(field, usage, cpuCount: state.host.cpuCount) ?? ""
            return line
        }
        var form = Form(title: words("Limits of \(container.name)"), fields: fields, submit: words("Apply"))
        form.select(state[LimitsPane.self].index)
        state.form = FormDialog(purpose: .pane(pane, PaneWord(LimitsWord.form(container.id))), form: form)
    }

    static func open(_ state: inout DashboardState) -> [Effect] {
        if let container = chosen(&state) { edit(container, &state) }
        return []
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        let last = LimitForm.Field.allCases.count - 1
        state[LimitsPane.self].index = min(max(0, ScrollMath.moved(state[LimitsPane.self].index, by: step)), last)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        move(edge == .top ? -100 : 100, &state)
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        guard case .place(let place) = spot else { return [] }
        state[LimitsPane.self].index = place
        return isDouble ? open(&state) : []
    }

    // MARK: The form

    private static func change(
        _ form: Form, _ id: ContainerID, _ state: DashboardState
    ) -> Result<LimitForm.Change, LimitForm.Refusal>? {
        guard let container = state.list.byID[id] else { return nil }
        let texts = Dictionary(
            LimitForm.Field.allCases.map { ($0, form[$0.rawValue]?.text ?? "") },
            uniquingKeysWith: { first, _ in first })
        return LimitForm(container, cpuCount: state.host.cpuCount).change(texts)
    }

    static func check(_ word: PaneWord, form: Form, _ state: DashboardState) -> [String: String] {
        guard case .form(let id)? = word.value as? LimitsWord, case .failure(let refusal)? = change(form, id, state)
        else {
            return [:]
        }
        return Dictionary(refusal.errors.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    static func hear(_ word: PaneWord, form: Form, _ state: inout DashboardState) -> [Effect] {
        guard case .form(let id)? = word.value as? LimitsWord else { return [] }
        guard let container = state.list.byID[id], let result = change(form, id, state) else {
            state.form = nil
            state.tell(.failure, words("the container is not here any more"))
            return []
        }
        switch result {
        case .failure:
            let errors = check(word, form: form, state)
            state.form?.form.refuse(errors)
            return []
        case .success(let change) where change.isEmpty:
            state.form = nil
            state.tell(.information, words("the limits of \(container.name) are what they were"))
            return []
        case .success(let change):
            guard !state.refuseIfReadOnly(words("change limits")) else { return [] }
            state.form?.isBusy = true
            let limits = LimitForm(container, cpuCount: state.host.cpuCount)
            state[LimitsPane.self].pending = LimitsState.Undo(container: id, change: limits.undo(change))
            return [.errand(pane, UpdateLimits(container: id, change: change))]
        }
    }

    static func hear(_ word: PaneWord, text: String, isFinal: Bool, _ state: inout DashboardState) -> [Effect] {
        guard isFinal, case .rename(let id)? = word.value as? LimitsWord, !text.isEmpty,
            let container = state.list.byID[id], container.name != text
        else { return [] }
        return [.errand(pane, RenameContainer(container: id, old: container.name, new: text))]
    }

    static func receive(_ answer: any Sendable, _ state: inout DashboardState) -> [Effect] {
        if let renamed = answer as? RenameContainer.Answer {
            if let failure = renamed.error {
                state.tell(.failure, words("cannot rename \(renamed.old): \(failure)"))
            } else {
                state.tell(.success, words("\(renamed.old) is \(renamed.new) now"))
            }
            return []
        }
        guard let answer = answer as? UpdateLimits.Answer else { return [] }
        let name = state.list.byID[answer.container]?.name ?? answer.container.short
        let isFormOfIt = state.form?.purpose == .pane(pane, PaneWord(LimitsWord.form(answer.container)))
        switch answer.result {
        case .success(let warnings):
            if isFormOfIt { state.form = nil }
            let undo = state[LimitsPane.self].pending
            state[LimitsPane.self].undo = undo
            state[LimitsPane.self].pending = nil
            if warnings.isEmpty {
                let hint = undo == nil ? "" : words("; u puts the former ones back")
                state.tell(.success, words("\(name) has its new limits\(hint)"))
            } else {
                state.tell(.failure, words("\(name) has its new limits, but: \(warnings.joined(separator: "; "))"))
            }
            return [.loadContainer(answer.container)]
        case .failure(let error):
            state[LimitsPane.self].pending = nil
            if isFormOfIt {
                state.form?.isBusy = false
                state.form?.form.note = "\(error)"
            } else {
                state.tell(.failure, words("cannot change the limits of \(name): \(error)"))
            }
            return []
        }
    }
}
