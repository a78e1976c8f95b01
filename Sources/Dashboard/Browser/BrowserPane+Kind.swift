import Engine
import Terminal

extension Pane {
    static let browser = Pane("browser")
}

extension ViewName {
    static let browser = ViewName("browser")
}

extension KeyContext {
    static let browser = KeyContext("browser", "Files of a container")
}

extension Action {
    static let browser = Action("browser")
    static let fileEdit = Action("file-edit")
    static let fileDownload = Action("file-download")
    static let fileUpload = Action("file-upload")
    static let fileMakeDirectory = Action("file-make-directory")
    static let fileRename = Action("file-rename")
    static let fileOrder = Action("file-order")
    static let fileHidden = Action("file-hidden")
    static let fileAgain = Action("file-again")
    static let fileCopy = Action("file-copy")
    static let fileUp = Action("file-up")
    static let fileGo = Action("file-go")
    static let fileHex = Action("file-hex")
    static let fileWrap = Action("file-wrap")
    static let fileStop = Action("file-stop")
}

/// What the browser asks for in dialogs and lines.
enum BrowserWord: Sendable, Hashable {
    case filter, search, go
    case makeDirectory
    case rename(ContainerPath)
    case download(ContainerPath)
    case upload(ContainerPath)
    case change(ChangeFiles)
    case overwrite(WriteDraft)
}

extension BrowserPane: PaneKind {
    typealias State = BrowserState

    static let pane = Pane.browser
    static let title = "Files"
    static let contexts: [KeyContext] = [.browser, .everywhere]
    static let views = [ViewDefinition(.browser, "Files", tab: .containers, .browser)]
    static let bindings = [
        KeyBinding(.browser, .containers, ["f"], "look through its files", hint: "files"),
        KeyBinding(.fileEdit, .browser, ["e"], "edit the file with $EDITOR", hint: "edit"),
        KeyBinding(.fileDownload, .browser, ["s"], "save it on this machine: asks where", hint: "save"),
        KeyBinding(.fileUpload, .browser, ["u"], "bring a file of this machine here", hint: "upload"),
        KeyBinding(.fileMakeDirectory, .browser, ["M"], "make a directory", hint: "mkdir"),
        KeyBinding(.fileRename, .browser, ["R"], "give it another name", hint: "rename"),
        KeyBinding(.fileUp, .browser, ["backspace", "-"], "to the directory above", hint: "up"),
        KeyBinding(.fileGo, .browser, ["ctrl-g"], "go to a path"),
        KeyBinding(.fileOrder, .browser, ["O"], "by name, size or time", hint: "order"),
        KeyBinding(.fileHidden, .browser, ["."], "show or hide names that begin with a dot", hint: "hidden"),
        KeyBinding(.fileAgain, .browser, ["r"], "read again"),
        KeyBinding(.fileCopy, .browser, ["c"], "copy the path", hint: "copy"),
        KeyBinding(.fileHex, .browser, ["b"], "the file as bytes or as text", hint: "bytes"),
        KeyBinding(.fileWrap, .browser, ["w"], "wrap long lines, or cut them", hint: "wrap"),
        KeyBinding(.fileStop, .browser, ["ctrl-x"], "stop searching or copying", hint: "stop"),
    ]
    static let menu: [Action] = [
        .open, .fileEdit, .fileDownload, .fileUpload, .fileMakeDirectory, .fileRename, .remove, .fileUp, .fileGo,
        .fileOrder, .fileHidden, .fileAgain, .fileCopy, .fileHex, .fileWrap, .filter,
    ]

    static func subject(_ state: DashboardState) -> String {
        let own = state[BrowserPane.self]
        return "\(own.name):\(SafeText.string((selectedPath(own) ?? own.path).bytes))"
    }

    static func height(_ state: DashboardState, _ rect: Rect) -> Int { max(1, rect.height - 2) }

    static func narrowing(_ state: DashboardState) -> (marks: Int, filter: String) {
        (0, state[BrowserPane.self].list.filter)
    }

    static func found(_ state: DashboardState) -> String {
        let own = state[BrowserPane.self]
        return own.viewer == nil ? words("\(own.list.rows.count) of \(own.list.files.count)") : words("Enter searches")
    }

    static func offers(_ action: Action, _ state: DashboardState) -> Bool {
        let own = state[BrowserPane.self]
        switch action {
        case .fileHex, .fileWrap: return own.viewer != nil
        case .fileStop: return own.viewer?.isSearching == true || own.copying != nil
        case .fileUpload, .fileMakeDirectory, .fileRename, .fileOrder, .fileHidden, .remove: return own.viewer == nil
        default: return true
        }
    }

    /// The path under the cursor, or the file that is looked at.
    static func selectedPath(_ own: BrowserState) -> ContainerPath? {
        own.viewer?.path ?? own.list.selected.flatMap { own.path.appending($0.name) }
    }

    /// Columns and rows of a file's view.
    static func room(_ state: DashboardState) -> (width: Int, height: Int) {
        guard let rect = state.layout.rect(of: pane) else { return (78, 20) }
        return (max(1, rect.width - 4), max(1, rect.height - 2))
    }

    // MARK: Opening

    /// Shows a directory of a container.
    static func show(
        _ container: ContainerID, _ name: String, at path: ContainerPath, choosing: [UInt8]?,
        _ state: inout DashboardState
    ) -> [Effect] {
        if state[BrowserPane.self].container != container {
            let copying = state[BrowserPane.self].copying
            state[BrowserPane.self] = BrowserState()
            state[BrowserPane.self].copying = copying
        }
        state[BrowserPane.self].container = container
        state[BrowserPane.self].name = name
        state[BrowserPane.self].viewer = nil
        state.open(.browser)
        return list(path, choosing: choosing, &state)
    }

    static func list(
        _ path: ContainerPath, choosing: [UInt8]? = nil, _ state: inout DashboardState
    ) -> [Effect] {
        guard let container = state[BrowserPane.self].container else { return [] }
        state[BrowserPane.self].isReading = true
        return [.errand(pane, ListDirectory(container: container, path: path, choosing: choosing))]
    }

    // MARK: Moving

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        let (width, height) = room(state)
        if state[BrowserPane.self].viewer != nil {
            state[BrowserPane.self].viewer?.move(step, width: width, height: height)
        } else {
            state[BrowserPane.self].list.move(step)
        }
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        let (width, height) = room(state)
        guard state[BrowserPane.self].viewer != nil else {
            state[BrowserPane.self].list.select(edge == .top ? 0 : .max)
            return []
        }
        if edge == .top {
            state[BrowserPane.self].viewer?.toBeginning()
        } else {
            state[BrowserPane.self].viewer?.toEnd(width: width, height: height)
        }
        return []
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] { move(step, &state) }

    /// In a file sideways; in a list left is up and right is into.
    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        if let viewer = state[BrowserPane.self].viewer {
            if viewer.wraps { state[BrowserPane.self].viewer?.toggleWrap() }
            state[BrowserPane.self].viewer?.column = min(max(0, viewer.column + step), 100_000)
            return []
        }
        if step < 0 { return up(&state) }
        return state[BrowserPane.self].list.selected?.leadsToDirectory == true ? open(&state) : []
    }

    static func up(_ state: inout DashboardState) -> [Effect] {
        let own = state[BrowserPane.self]
        if own.viewer != nil {
            state[BrowserPane.self].viewer = nil
            return [.endErrand(pane, slot: SearchFile.place)]
        }
        guard own.path != .root else { return [] }
        // Behind a link `..` is the link's parent's business: the way back is the way that was come.
        return list(own.path.parent, choosing: own.path.name, &state)
    }

    static func open(_ state: inout DashboardState) -> [Effect] {
        let own = state[BrowserPane.self]
        guard own.viewer == nil, let file = own.list.selected, let path = own.path.appending(file.name) else {
            return []
        }
        if file.leadsToDirectory { return list(path, &state) }
        guard file.leadsToFile else {
            let what = file.link != nil ? words("a link that leads nowhere") : words("no file that could be read")
            state.tell(.information, words("\(file.shownName) is \(what)"))
            return []
        }
        state[BrowserPane.self].viewer = FileViewer(path)
        return []
    }

    static func back(_ state: inout DashboardState) -> Bool {
        if let viewer = state[BrowserPane.self].viewer {
            if viewer.needle.isEmpty {
                state[BrowserPane.self].viewer = nil
            } else {
                state[BrowserPane.self].viewer?.needle = ""
                state[BrowserPane.self].viewer?.isSearching = false
            }
            return true
        }
        guard !state[BrowserPane.self].list.filter.isEmpty else { return false }
        state[BrowserPane.self].list.setFilter("")
        return true
    }

    static func find(_ state: inout DashboardState) -> [Effect] {
        if let viewer = state[BrowserPane.self].viewer {
            state.ask(pane, BrowserWord.search, words("search"), text: viewer.needle)
        } else {
            state.ask(
                pane, BrowserWord.filter, words("filter"), text: state[BrowserPane.self].list.filter, isLive: true)
        }
        return []
    }

    static func findAgain(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        guard let viewer = state[BrowserPane.self].viewer else { return [] }
        guard !viewer.needle.isEmpty else {
            state.tell(.information, words("nothing is searched: / begins"))
            return []
        }
        return search(viewer, from: viewer.searchStart(-direction), -direction, &state)
    }

    static func search(
        _ viewer: FileViewer, from start: Int64, _ direction: Int, _ state: inout DashboardState
    ) -> [Effect] {
        guard let container = state[BrowserPane.self].container else { return [] }
        state[BrowserPane.self].viewer?.isSearching = true
        state[BrowserPane.self].viewer?.searched = start
        return [
            .errand(
                pane,
                SearchFile(
                    container: container, path: viewer.path, needle: viewer.needle, start: start,
                    direction: direction))
        ]
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        guard case .place(let place) = spot else { return [] }
        state[BrowserPane.self].list.select(place)
        return isDouble ? open(&state) : []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        guard let rect else { return [] }
        state[BrowserPane.self].list.keepVisible(height(state, rect))
        let own = state[BrowserPane.self]
        if own.container == nil, let container = state.selected {
            return show(container.id, container.name, at: .root, choosing: nil, &state)
        }
        let (width, height) = room(state)
        guard let viewer = own.viewer, let container = own.container,
            let range = viewer.missing(height: height, width: width)
        else { return [] }
        state[BrowserPane.self].viewer?.awaited = range
        return [.errand(pane, ReadStretch(container: container, path: viewer.path, range: range))]
    }
}
