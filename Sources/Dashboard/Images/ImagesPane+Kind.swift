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

extension ImagesPane: TablePane {
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
        .open, .users, .pull, .searchRegistry, .run, .build, .tag, .push, .remove, .prune, .bulk, .transfers, .builds,
        .filter, .sort, .columns, .wide, .showStopped, .mark, .markRange, .markAll,
    ]
    static let shortcuts: [(action: Action, column: String)] = [
        (.sortName, "name"), (.sortCPU, "used"), (.sortMemory, "size"), (.sortAge, "created"),
        (.sortState, "platform"),
    ]

    static var listing: WritableKeyPath<DashboardState, Listing<Image>> { \.imageList.table }
    static func id(_ text: String) -> ImageID { ImageID(rawValue: text) }
    static func text(_ id: ImageID) -> String { id.rawValue }
    static func tableRect(_ pane: Rect) -> Rect { ResourcePane.parts(pane).table }

    static func subject(_ state: DashboardState) -> String { state.selectedImage?.name ?? title }

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
        default: return actOnTable(action, &state)
        }
        return []
    }

    static func bulk(_ state: DashboardState) -> [BulkChoice] {
        let rows = scope(state)
        let marked = state.imageList.marks.isEmpty ? [] : state.imageList.targets
        let unused = rows.filter { state.imageList.users[$0.id] == nil }
        let dangling = unused.filter(\.tags.isEmpty)
        func choice(_ label: String, _ rows: [Image]) -> BulkChoice {
            let size = Format.decimalBytes(rows.reduce(0) { $0 + Double($1.size) })
            let loss = words("Their layers are removed, at most \(size).")
            return BulkChoice(label, words("Remove"), rows, loss: loss) {
                $0.id.rawValue
            }
        }
        return [
            choice(words("Remove the marked"), marked), choice(words("Remove all without a name"), dangling),
            choice(words("Remove all that no container is made from"), unused),
        ]
    }

    static func carryOut(_ choice: BulkChoice, _ state: inout DashboardState) -> [Effect] {
        state.removeUnused(choice.ids.map(ImageID.init(rawValue:)))
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        scrollDetails(step, count: lines(state).count, &state)
    }

    static let deeper = "layers"

    /// An image's way down are its layers.
    static func open(_ state: inout DashboardState) -> [Effect] {
        guard let image = state.selectedImage else { return [] }
        state.layers.open(image)
        state.open(.layers)
        return []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        settleTable(rect, &state)
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
