import Engine

/// What the palette and the menu offer just now.
extension DashboardState {
    var paletteVocabulary: PaletteVocabulary {
        var vocabulary = PaletteVocabulary()
        let layouts = arranging.layouts
        vocabulary.views = ViewName.allCases.map {
            .init(name: $0.rawValue, title: $0.title, aliases: PaletteVocabulary.viewAliases[$0.rawValue] ?? [])
        }
        vocabulary.actions = keys.bindings.map(\.action.rawValue)
        vocabulary.themes = themes
        vocabulary.layouts = layouts
        vocabulary.containers = list.all.map(\.name)
        vocabulary.images = imageList.all.flatMap(\.tags)
        vocabulary.commands = paletteCommands.map(\.name)
        vocabulary.panes = PaneList.all.map { $0.pane.name }
        return vocabulary
    }

    /// Everything that can be done, seen and gone to.
    func paletteEntries(_ vocabulary: PaletteVocabulary) -> [PaletteEntry] {
        deedEntries + wordEntries
            + ViewName.allCases.map { view in
                let key = keys.key(for: Action(view.rawValue)).map(KeyMap.display) ?? ""
                return PaletteEntry(kind: .view, title: view.title, line: view.rawValue, key: key)
            }
            + vocabulary.layouts.map { PaletteEntry(kind: .layout, title: $0, line: "layout \($0)") }
            + paletteCommands.map {
                PaletteEntry(kind: .command, title: $0.title, line: "run-command \($0.name)", key: $0.key)
            }
            + vocabulary.containers.map { PaletteEntry(kind: .container, title: $0, line: "container \($0)") }
            + vocabulary.images.map { PaletteEntry(kind: .image, title: $0, line: "image \($0)") }
            + vocabulary.themes.map { PaletteEntry(kind: .theme, title: $0, line: "theme \($0)") }
    }

    /// All actions of all panes: those that count here first.
    private var deedEntries: [PaletteEntry] {
        let here = focus.keyContexts
        let views = Set(ViewName.allCases.map(\.rawValue))
        var seen: Set<Action> = []
        let bindings = keys.bindings.filter { binding in
            !views.contains(binding.action.rawValue) && PaletteWord.named(binding.action.rawValue) == nil
                && binding.context != .arranging && seen.insert(binding.action).inserted
        }
        let entries = bindings.map { binding in
            PaletteEntry(
                kind: .deed, title: words(for: binding.help), line: binding.action.rawValue,
                key: binding.keys.first.map(KeyMap.display) ?? "", group: binding.context.title,
                obstacle: here.contains(binding.context) ? obstacle(binding.action) : elsewhere(binding.context))
        }
        // What is done to the chosen thing comes first, what merely moves about last.
        let menu = Set(focus.kind.menu.map(\.rawValue))
        let moves = Set(Self.mereMoves.map(\.rawValue))
        func rank(_ entry: PaletteEntry) -> Int {
            if moves.contains(entry.line) { return 3 }
            if entry.obstacle != nil { return 2 }
            return menu.contains(entry.line) ? 0 : 1
        }
        return (0...3).flatMap { wanted in entries.filter { rank($0) == wanted } }
    }

    private func elsewhere(_ context: KeyContext) -> String { words("in \(context.title.lowercased())") }

    private var wordEntries: [PaletteEntry] {
        PaletteWord.all.map { word in
            let key = keys.key(for: Action(word.name)).map(KeyMap.display) ?? ""
            let isWanting = word.argument != .none && word.argument != .name && word.argument != .dump
            return PaletteEntry(
                kind: .word, title: words(for: word.help), line: word.name, key: key, wantsMore: isWanting)
        }
    }

    /// What can be done here, by groups: what concerns the chosen thing, then what else the keys do.
    var menuEntries: [PaletteEntry] {
        var seen: Set<Action> = [.menu]
        var entries: [PaletteEntry] = []
        let subject = self.seen(by: focus).subject(of: focus)
        func add(_ action: Action, _ group: String) {
            guard let binding = keys.bindings.first(where: { $0.action == action }), seen.insert(action).inserted else {
                return
            }
            let key = binding.keys.first { keys.action(for: $0, in: focus) == action }
            entries.append(
                PaletteEntry(
                    kind: .deed, title: words(for: binding.help), line: action.rawValue,
                    key: key.map(KeyMap.display) ?? "",
                    group: group, obstacle: obstacle(action)))
        }
        for action in focus.kind.menu { add(action, subject) }
        for command in paletteCommands where command.isHere {
            entries.append(
                PaletteEntry(
                    kind: .command, title: command.title, line: "run-command \(command.name)", key: command.key,
                    group: words("Commands")))
        }
        let contexts = focus.keyContexts
        for context in contexts {
            for binding in keys.bindings where binding.context == context && !Self.mereMoves.contains(binding.action) {
                add(binding.action, words(for: context.title))
            }
        }
        return entries
    }

    private func subject(of pane: Pane) -> String { pane.kind.subject(self) }

    /// What nobody looks for in a menu.
    private static let mereMoves: Set<Action> = [
        .up, .down, .top, .bottom, .pageUp, .pageDown, .left, .right, .detailUp, .detailDown, .detailPageUp,
        .detailPageDown, .back, .unmark, .redraw,
    ]

    /// Why an action cannot be done now; `nil` when it can.
    func obstacle(_ action: Action) -> String? {
        if isReadOnly, PaneList.changing.contains(action) { return words("read-only") }
        let here = seen(by: focus)
        for kind in PaneList.all { if let why = kind.obstacle(action, here) { return why } }
        switch action {
        case .remove:
            let removes = Set<KeyContext>([.containers, .resources])
            let isHere = focus.kind.menu.contains(.remove) || focus.keyContexts.contains { removes.contains($0) }
            return isHere ? nil : words("nothing here can be removed")
        case .unzoom: return isZoomed ? nil : words("nothing is zoomed")
        case .zoom: return isZoomed ? words("it is zoomed already") : nil
        case .placeBack: return places.trail.canGoBack ? nil : words("this is where you began")
        case .placeForward: return places.trail.canGoForward ? nil : words("there is nothing ahead")
        case .placeLast: return places.last == nil ? words("you have been nowhere else yet") : nil
        case .pageNext, .pagePrevious, .pageClose, .pageRename:
            return pages.all.count > 1 ? nil : words("there is one tab only")
        case .dump: return canDump ? nil : words("this dashboard was started without a way to save files")
        case .copy: return here.copyables.isEmpty ? words("nothing is chosen") : nil
        default: return nil
        }
    }
}
