import Engine
import Terminal

extension Pane {
    static let inspect = Pane("inspect")
}

extension ViewName {
    static let inspected = ViewName("inspect")
}

/// Images, networks and volumes as inspect tells them.
struct InspectState: PaneState {
    var subject: InspectionSubject?
    var name = ""
    /// Where Esc leads.
    var tab = ViewName.images
    var inspection = Inspection()
    var failure: EngineError?
    var isStale = false

    init() {}
}

/// Reads what is to be shown.
struct InspectThing: Errand {
    var subject: InspectionSubject
    var slot: String? { "inspect" }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        let engine = services.engine
        let result = await services.result {
            let inspected: Inspected
            switch subject {
            case .image(let id): inspected = .image(try await engine.inspectImage(id.rawValue))
            case .network(let id): inspected = .network(try await engine.inspectNetwork(id.rawValue))
            case .volume(let name): inspected = .volume(try await engine.inspectVolume(name))
            }
            return try inspected.document(services.host).get()
        }
        await answer(InspectAnswer(subject: subject, result: result))
    }
}

struct InspectAnswer: Sendable {
    var subject: InspectionSubject
    var result: Result<Document, EngineError>
}

/// One image, network or volume, wholly.
enum InspectPane: PaneKind {
    typealias State = InspectState

    static let pane = Pane.inspect
    static let title = "Inspect"
    static let contexts: [KeyContext] = [.inspection, .everywhere]
    static let views = [ViewDefinition(.inspected, "Inspect", tab: .images, .inspect)]
    static let menu: [Action] = [
        .inspectYAML, .inspectJSON, .inspectFold, .inspectFoldAll, .copyValue, .copyPath, .filter,
    ]

    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let own = state[InspectPane.self]
        let inspection = own.inspection
        let kind: String
        switch inspection.look {
        case .tree: kind = words("tree")
        case .yaml: kind = "YAML"
        case .json: kind = "JSON"
        }
        let found = inspection.needle.isEmpty ? "" : "\(words("\(inspection.matchCount) found")) "
        let inside = frame.pane(
            rect, title: [Span("\(words("Inspect")) ", look[.title]), Span(own.name, look[.secondary])],
            trailing: [Span(found, look[.match]), Span(kind, look[.muted])], isFocused: state.focus == pane, look: look)
        if inspection.document != nil {
            inspection.draw(in: inside, pane: pane, isFocused: state.focus == pane, &frame, look)
        } else if let failure = own.failure {
            frame.emptiness(["\(failure)"], in: inside, seed: 8, now: state.now, look: look)
        } else {
            let phrases =
                own.subject == nil
                ? [words("nothing is inspected"), words("i on an image, network or volume does that")]
                : [words("loading")]
            frame.emptiness(phrases, in: inside, seed: 8, now: state.now, look: look)
        }
    }

    static func subject(_ state: DashboardState) -> String { state[InspectPane.self].name }

    static func height(_ state: DashboardState, _ rect: Rect) -> Int { max(1, rect.height - 2) }

    static func offers(_ action: Action, _ state: DashboardState) -> Bool {
        switch action {
        case .inspectFold, .inspectFoldAll: state[InspectPane.self].inspection.look == .tree
        default: true
        }
    }

    static func found(_ state: DashboardState) -> String {
        let inspection = state[InspectPane.self].inspection
        return inspection.needle.isEmpty ? "" : words("\(inspection.matchCount) found")
    }

    /// `i` and `y` on a list of images, networks or volumes; `nil` elsewhere.
    static func inspectSelected(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        let wanted: Inspection.Look = action == .inspect ? .tree : .yaml
        let subject: (InspectionSubject, String, ViewName)?
        switch state.focus {
        case .images, .layers, .files:
            subject = state.selectedImage.map { (.image($0.id), ImagesState.name(of: $0), .images) }
        case .networks: subject = state.networks.selected.map { (.network($0.id), $0.name, .networks) }
        case .volumes: subject = state.volumes.selected.map { (.volume($0.name), $0.name, .volumes) }
        case pane:
            let isShown = state[InspectPane.self].inspection.look == wanted
            state[InspectPane.self].inspection.show(isShown ? .tree : wanted)
            return []
        default: return nil
        }
        guard let (thing, name, tab) = subject else {
            state.tell(.information, words("nothing is selected"))
            return []
        }
        if state[InspectPane.self].subject != thing { state[InspectPane.self] = InspectState() }
        state[InspectPane.self].subject = thing
        state[InspectPane.self].name = name
        state[InspectPane.self].tab = tab
        state[InspectPane.self].inspection.show(wanted)
        state.open(.inspected)
        return [.errand(pane, InspectThing(subject: thing))]
    }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        guard state.focus == pane else { return nil }
        switch action {
        case .inspectJSON:
            let isShown = state[InspectPane.self].inspection.look == .json
            state[InspectPane.self].inspection.show(isShown ? .tree : .json)
        case .inspectFold: state[InspectPane.self].inspection.toggle()
        case .inspectFoldAll: state[InspectPane.self].inspection.toggleAll()
        case .copyValue: return state[InspectPane.self].inspection.selectedValue.map { state.copy($0) } ?? []
        case .copyPath:
            return state[InspectPane.self].inspection.selectedPath.map { state.copy(Document.text(of: $0)) } ?? []
        default: return nil
        }
        return []
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state[InspectPane.self].inspection.move(step)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        state[InspectPane.self].inspection.select(edge == .top ? 0 : .max)
        return []
    }

    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state[InspectPane.self].inspection.sideways(step)
        return []
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] { move(step, &state) }

    static func open(_ state: inout DashboardState) -> [Effect] {
        let inspection = state[InspectPane.self].inspection
        if inspection.look == .tree, inspection.rows.selected?.isBranch == true {
            state[InspectPane.self].inspection.toggle()
            return []
        }
        return inspection.selectedValue.map { state.jump(toWhatIsNamed: $0) } ?? []
    }

    static func back(_ state: inout DashboardState) -> Bool {
        guard !state[InspectPane.self].inspection.needle.isEmpty else { return false }
        _ = state[InspectPane.self].inspection.search("")
        return true
    }

    static func find(_ state: inout DashboardState) -> [Effect] {
        state.ask(
            pane, DetailsWord.search, words("search"), text: state[InspectPane.self].inspection.needle, isLive: true)
        return []
    }

    static func findAgain(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        if state[InspectPane.self].inspection.needle.isEmpty {
            state.tell(.information, words("nothing is searched: / begins"))
        } else if !state[InspectPane.self].inspection.find(-direction) {
            state.tell(.information, words("'\(state[InspectPane.self].inspection.needle)' is not in it"))
        }
        return []
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        guard case .place(let place) = spot else { return [] }
        state[InspectPane.self].inspection.select(place)
        return isDouble ? open(&state) : []
    }

    static func hear(_ word: PaneWord, text: String, isFinal: Bool, _ state: inout DashboardState) -> [Effect] {
        if !state[InspectPane.self].inspection.search(text), isFinal {
            state.tell(.information, words("'\(text)' is not in it"))
        }
        return []
    }

    static func receive(_ answer: any Sendable, _ state: inout DashboardState) -> [Effect] {
        guard let answer = answer as? InspectAnswer, answer.subject == state[InspectPane.self].subject else {
            return []
        }
        switch answer.result {
        case .success(let document):
            state[InspectPane.self].inspection.replace(document)
            state[InspectPane.self].failure = nil
        case .failure(let error): state[InspectPane.self].failure = error
        }
        return []
    }

    static func notice(_ events: [Event], _ state: inout DashboardState) {
        guard let subject = state[InspectPane.self].subject else { return }
        let id: String
        switch subject {
        case .image(let image): id = image.rawValue
        case .network(let network): id = network.rawValue
        case .volume(let name): id = name
        }
        if events.contains(where: { $0.actorID == id }) { state[InspectPane.self].isStale = true }
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        guard let rect else { return [] }
        state[InspectPane.self].inspection.keepVisible(height(state, rect))
        guard state[InspectPane.self].isStale, let subject = state[InspectPane.self].subject else { return [] }
        state[InspectPane.self].isStale = false
        return [.errand(pane, InspectThing(subject: subject))]
    }
}
