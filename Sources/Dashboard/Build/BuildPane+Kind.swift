import Engine
import Terminal

extension Pane {
    static let build = Pane("build")
}

extension ViewName {
    /// The build that was begun here last.
    static let build = ViewName("build")
}

extension KeyContext {
    static let build = KeyContext("build", "A build")
}

extension Action {
    static let build = Action("build")
    static let builds = Action("builds")
    static let buildAgain = Action("build-again")
    static let buildCancel = Action("build-cancel")
    static let buildShell = Action("build-shell")
    static let buildFollow = Action("build-follow")
    static let buildWrap = Action("build-wrap")
}

extension BuildPane: PaneKind {
    static let pane = Pane.build
    static let title = "Build"
    static let contexts: [KeyContext] = [.build, .building, .everywhere]
    /// Steps at the left, the output at the right; on smaller screens below each other, on the smallest the one that has the
    /// focus.
    static let views = [
        ViewDefinition(.build, "Build", tab: .images, .build, .buildText) { body, context in
            if body.width >= 110 {
                let (left, right) = body.splitLeft(body.width * 45 / 100)
                return [Layout.Place(pane: .build, rect: left), Layout.Place(pane: .buildText, rect: right)]
            }
            guard body.height >= 15 else {
                return [Layout.Place(pane: context.focus == .buildText ? .buildText : .build, rect: body)]
            }
            let (top, bottom) = body.splitTop(max(7, min(body.height / 2, context.tableRows + 2)))
            return [Layout.Place(pane: .build, rect: top), Layout.Place(pane: .buildText, rect: bottom)]
        }
    ]
    static let bindings = [
        KeyBinding(.build, .building, ["b"], "build an image: asks from what", hint: "build"),
        KeyBinding(.builds, .everywhere, ["B"], "the build that was begun last, and back"),
        KeyBinding(.buildShell, .build, ["e", "E"], "a shell in the failed step, as it was left", hint: "shell"),
        KeyBinding(.buildCancel, .build, ["ctrl-x", "ctrl-k"], "stop the build: asks first", hint: "stop"),
        KeyBinding(.buildAgain, .build, ["r"], "build the same again", hint: "again"),
        KeyBinding(
            .buildFollow, .build, ["f"], "follow the output or the step that runs, or hold still", hint: "follow"),
        KeyBinding(.buildWrap, .build, ["w"], "wrap long lines, or cut them", hint: "wrap"),
    ]
    static let menu: [Action] = [
        .buildShell, .build, .buildAgain, .buildCancel, .buildFollow, .buildWrap, .filter, .open, .remove, .nextTab,
    ]

    static func subject(_ state: DashboardState) -> String { state.builds.shown?.title ?? words("Builds") }

    static func height(_ state: DashboardState, _ rect: Rect) -> Int { max(0, rect.height - 2) }

    static func offers(_ action: Action, _ state: DashboardState) -> Bool {
        switch action {
        case .buildShell: state.builds.shown?.failure != nil
        case .buildCancel: state.builds.running != nil
        case .buildAgain: state.builds.shown != nil && state.builds.running == nil
        default: true
        }
    }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        action == .remove && state.view == .build ? state.removeBuild() : state.actOnBuilds(action)
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.builds.move(step)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        state.builds.move(edge == .top ? -BuildReport.stepLimit : BuildReport.stepLimit)
        return []
    }

    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        if step > 0 { state.focus = .buildText }
        return []
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.scrollBuild(step)
        return []
    }

    static func turn(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        state.builds.step(direction)
        return []
    }

    static func open(_ state: inout DashboardState) -> [Effect] {
        state.openBuildRow()
        return []
    }

    static func back(_ state: inout DashboardState) -> Bool {
        guard state.builds.text.search != nil else { return false }
        state.builds.text.search = nil
        return true
    }

    static func find(_ state: inout DashboardState) -> [Effect] {
        state.ask(pane, Word.search, words("search"), isLive: true)
        return []
    }

    /// What is asked in lines and dialogs.
    enum Word: Hashable, Sendable {
        case search
        case stop(Int)
    }

    static func found(_ state: DashboardState) -> String {
        guard let search = state.builds.text.search else { return "" }
        return search.line != nil ? words("found") : words("not found")
    }

    static func steps(in word: PaneWord) -> Bool { word.value as? Word == .search }

    static func hear(_ word: PaneWord, text: String, isFinal: Bool, _ state: inout DashboardState) -> [Effect] {
        // What is searched is known already when the line is closed.
        if !isFinal { state.searchBuild(text) }
        return []
    }

    static func hear(_ word: PaneWord, _ state: inout DashboardState) -> [Effect] {
        guard case .stop(let id) = word.value as? Word else { return [] }
        return state.stopBuild(id)
    }

    static func findAgain(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        state.findInBuild(direction)
        return []
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        guard case .word(let word) = spot, let row = word.value as? BuildRow else { return [] }
        state.builds.select(row)
        return isDouble ? open(&state) : []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] { state.settleBuild(state.layout) }
}
