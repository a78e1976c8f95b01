import Engine
import Terminal

extension Pane {
    static let images = Pane("images")
}

extension ViewName {
    static let images = ViewName("images")
}

extension KeyContext {
    static let images = KeyContext("images", "Images")
    /// Images, and what becomes one.
    static let building = KeyContext("building", "Images and builds")
}

extension Action {
    static let images = Action("images")
    static let pull = Action("pull")
    static let push = Action("push")
    static let tag = Action("tag")
    static let run = Action("run")
    static let users = Action("users")
    static let searchRegistry = Action("search-registry")
}

extension ImagesPane: PaneKind {
    static let pane = Pane.images
    static let title = "Images"
    static let contexts: [KeyContext] = [.images, .building, .resources, .tables, .everywhere]
    static let views = [ViewDefinition(.images, "Images", .images)]
    static let opening = [KeyBinding(.images, .everywhere, ["3"], "images")]
    static let bindings = [
        KeyBinding(.pull, .images, ["p"], "pull an image: asks for its name", hint: "pull"),
        KeyBinding(.run, .images, ["r"], "run a container of it: asks how", hint: "run"),
        KeyBinding(.push, .images, ["U"], "push it: asks where to", hint: "push"),
        KeyBinding(.tag, .images, ["t"], "give it a further name", hint: "tag"),
        KeyBinding(.users, .images, ["u"], "the containers that are made from it", hint: "users"),
        KeyBinding(.searchRegistry, .images, ["s"], "search a registry", hint: "search"),
    ]
    static let menu: [Action] = [
        .open, .users, .pull, .searchRegistry, .run, .build, .tag, .push, .remove, .prune, .transfers, .builds, .sort,
        .filter, .mark, .markAll,
    ]

    static func subject(_ state: DashboardState) -> String {
        state.selectedImage.map { ImagesState.name(of: $0) } ?? title
    }

    static func height(_ state: DashboardState, _ rect: Rect) -> Int {
        max(0, ResourcePane.parts(rect).table.height - 3)
    }

    static func narrowing(_ state: DashboardState) -> (marks: Int, filter: String) {
        (state.imageList.marks.count, state.imageList.filter.text)
    }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .images: state.open(.images)
        case .pull: state.askPull()
        case .searchRegistry: state.openPrompt(.searchRegistry)
        case .push: state.askPush()
        case .tag: state.askTag()
        case .run: state.openRunForm()
        case .users: state.showUsers()
        case .transfers: state.toggleTransfers()
        default: return state.focus == pane ? actOnList(action, &state) : nil
        }
        return []
    }

    private static func actOnList(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .create: state.openRunForm()
        case .prune: state.askPruneImages()
        case .remove: state.askRemoveImages()
        case .mark:
            guard let id = state.imageList.selected else { return [] }
            if state.imageList.marks.remove(id) == nil { state.imageList.marks.insert(id) }
            return move(1, &state)
        case .markAll: state.imageList.marks = Set(state.imageList.rows.map(\.id))
        case .unmark: state.imageList.marks = []
        case .sort:
            state.dialog = ChoiceDialog.sorting(ImageColumn.allCases, state.imageList.sort.column, \.title) {
                .sortImages($0)
            }
        case .sortName: sort(.name, &state)
        case .sortCPU: sort(.used, &state)
        case .sortMemory: sort(.size, &state)
        case .sortAge: sort(.created, &state)
        case .sortState: sort(.platform, &state)
        default: return nil
        }
        return []
    }

    private static func sort(_ column: ImageColumn, _ state: inout DashboardState) {
        state.imageList.sort.choose(column)
        state.imageList.arrange()
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.imageList.select(state.imageList.index + step)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        state.imageList.select(edge == .top ? 0 : .max)
        return []
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.scrollResource(step)
        return []
    }

    /// An image's way down are its layers.
    static func open(_ state: inout DashboardState) -> [Effect] {
        guard let image = state.selectedImage else { return [] }
        state.layers.open(image)
        state.open(.layers)
        return []
    }

    static func back(_ state: inout DashboardState) -> Bool {
        if !state.imageList.marks.isEmpty {
            state.imageList.marks = []
        } else if !state.imageList.filter.isEmpty {
            state.imageList.filter = RowFilter("")
            state.imageList.arrange()
        } else {
            return false
        }
        return true
    }

    static func find(_ state: inout DashboardState) -> [Effect] {
        state.openPrompt(.filterImages)
        return []
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        switch spot {
        case .header(let name): ImageColumn(rawValue: name).map { sort($0, &state) }
        case .row(let id):
            state.focus = .images
            state.imageList.select(ImageID(rawValue: id))
            if isDouble { return open(&state) }
        default: break
        }
        return []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        state.imageList.keepVisible(rect.map { height(state, $0) } ?? 0)
        guard let rect else { return [] }
        var effects: [Effect] = []
        if state.imageList.isLoaded, state.imageList.awaitsShares, !state.imageList.all.isEmpty {
            state.imageList.awaitsShares = false
            effects.append(.loadShares)
        }
        if !ResourcePane.parts(rect).details.isEmpty, let id = state.imageList.selected,
            state.imageList.details[id] == nil, state.imageList.awaited != id
        {
            state.imageList.awaited = id
            effects.append(.inspectImage(id))
        }
        return effects
    }
}
