import Engine
import Terminal

/// Splitting, closing, moving panes; saving how they stand.
extension DashboardState {
    /// How the panes of this view stand: as the person has put them, or as the view puts them.
    var arrangement: Arrangement {
        if let tree = arranging.trees[view] { return tree }
        var whole = self
        whole.isZoomed = false
        let layout = whole.layout
        let tree = Arrangement(places: layout.places, in: layout.body)
        // On a small screen a view hides panes that are a part of it.
        if let tree, layout.places.count == view.panes.count { return tree }
        let panes = view.panes
        guard panes.count > 1 else { return .pane(view.mainPane.slot) }
        return .split(.rows, panes.map { Arrangement.Part(.pane($0.slot)) })
    }

    /// Lines between panes that can be dragged.
    func borders(_ layout: Layout) -> [Arrangement.Border] {
        guard !isZoomed else { return [] }
        let tree = arranging.trees[view] ?? Arrangement(places: layout.places, in: layout.body)
        return tree?.placed(in: layout.body, focus: focus.slot).borders ?? []
    }

    /// The pane that has the focus when a view opens.
    func mainPane(of view: ViewName) -> Pane {
        arranging.trees[view]?.slots.first.map { Pane($0) } ?? view.mainPane
    }

    /// Changes the arrangement, and says why not when it cannot be changed so.
    mutating func rearrange(_ why: String, _ change: (Arrangement) -> Arrangement?) {
        guard let tree = change(arrangement) else { return tell(.information, why) }
        isZoomed = false
        arranging.trees[view] = tree
        if !tree.contains(focus.slot), let first = tree.slots.first { focus = Pane(first) }
        memory[Self.treeKey(view)] = tree.text
    }

    static func treeKey(_ view: ViewName) -> String {
        view.layout.map { "layouts.\($0)" } ?? "arrangements.\(view.rawValue)"
    }

    /// Reads what was remembered, and the configuration's layouts, which lose against what was saved here.
    mutating func restoreArrangements(_ configured: [String: String]) -> [String] {
        var problems: [String] = []
        for name in configured.keys.sorted().prefix(ArrangingState.layoutLimit) {
            problems += restore(.layout(name), configured[name] ?? "")
        }
        for key in memory.keys(under: "layouts.") {
            problems += restore(.layout(String(key.dropFirst(8))), memory[key] ?? "")
        }
        for key in memory.keys(under: "arrangements.") {
            let view = ViewName(String(key.dropFirst(13)))
            if ViewList.definition(named: view.rawValue) != nil { problems += restore(view, memory[key] ?? "") }
        }
        if !panesOfView.contains(focus) { focus = mainPane(of: view) }
        return problems
    }

    private mutating func restore(_ view: ViewName, _ text: String) -> [String] {
        let read = Arrangement.read(text, panes: Set(PaneList.all.map { $0.pane.name }))
        guard let tree = read.tree else {
            let what = view.layout.map { words("layout \($0)") } ?? words("arrangement of \(view.rawValue)")
            return [what + ": " + read.problem]
        }
        arranging.trees[view] = tree
        return []
    }

    mutating func arrange(_ action: Action) -> [Effect]? {
        switch action {
        case .arrange:
            arranging.isOn.toggle()
            if arranging.isOn { tell(.information, words("moving panes: the keys are at the bottom; Esc ends it")) }
        case .arrangeEnd:
            arranging.isOn = false
            notice = nil
        case .splitRight: askSplit(.columns, pinned: false)
        case .splitDown: askSplit(.rows, pinned: false)
        case .pinPane: askSplit(.columns, pinned: true)
        case .closePane:
            let slot = focus.slot
            rearrange(words("the last pane stays")) { $0.closing(slot) }
        case .growWidth: grow(.columns, 5)
        case .shrinkWidth: grow(.columns, -5)
        case .growHeight: grow(.rows, 5)
        case .shrinkHeight: grow(.rows, -5)
        case .swapPane: swapWithNext()
        case .paneLeft: step(dx: -1, dy: 0)
        case .paneRight: step(dx: 1, dy: 0)
        case .paneUp: step(dx: 0, dy: -1)
        case .paneDown: step(dx: 0, dy: 1)
        case .resetPanes: resetArrangement()
        case .saveLayout: askLayoutName()
        default: return nil
        }
        return []
    }

    private mutating func grow(_ axis: Arrangement.Axis, _ percent: Int) {
        let slot = focus.slot
        let problem =
            axis == .columns
            ? words("no pane stands beside this one") : words("no pane stands above or below this one")
        rearrange(problem) {
            $0.growing(slot, axis, percent: percent)
        }
    }

    private mutating func swapWithNext() {
        let (slots, slot) = (arrangement.slots, focus.slot)
        guard slots.count > 1, let index = slots.firstIndex(of: slot) else {
            return tell(.information, words("there is no other pane to change places with"))
        }
        let other = slots[(index + 1) % slots.count]
        rearrange(words("these panes cannot change places")) { $0.swapping(slot, other) }
    }

    /// To the pane that lies in a direction, the one opposite the middle of this one.
    private mutating func step(dx: Int, dy: Int) {
        let places = layout.places
        guard let own = places.first(where: { $0.pane == focus })?.rect else { return }
        let middle = Point(x: own.x + own.width / 2, y: own.y + own.height / 2)
        let target = Point(
            x: dx < 0 ? own.x - 1 : dx > 0 ? own.right : middle.x,
            y: dy < 0 ? own.y - 1 : dy > 0 ? own.bottom : middle.y)
        if let pane = places.first(where: { $0.rect.contains(target) })?.pane { focus = pane }
    }

    private mutating func resetArrangement() {
        guard view.layout == nil else {
            return tell(.information, words("a saved layout is its own; :remove-layout forgets it"))
        }
        arranging.trees[view] = nil
        memory[Self.treeKey(view)] = nil
        if !view.panes.contains(focus) { focus = view.mainPane }
        tell(.information, words("the panes stand as they did at first"))
    }

    // MARK: Choosing a pane

    private mutating func askSplit(_ axis: Arrangement.Axis, pinned: Bool) {
        let tree = arrangement
        if pinned, selected == nil {
            return tell(.information, words("no container is selected, to which a pane could be pinned"))
        }
        let panes = PaneList.all.filter { pinned ? $0.contexts.contains(.containers) && $0.pane != .containers : true }
        let items = panes.compactMap { kind -> ChoiceDialog.Item? in
            let slot = PaneSlot(kind.pane.name, pin: pinned ? selected?.name : nil)
            guard !tree.contains(slot) else { return nil }
            return ChoiceDialog.Item(
                label: pinned
                    ? words("\(words(for: words(for: kind.title))) of \(selected?.name ?? "")")
                    : words(for: kind.title),
                choice: .navigate(.split(axis, slot)))
        }
        guard !items.isEmpty else { return tell(.information, words("all panes are here already")) }
        dialog = ChoiceDialog(
            kind: .list,
            title: pinned
                ? words("A pane that stays with its container")
                : axis == .rows ? words("Below it") : words("Beside it"),
            items: items)
    }

    /// A further pane beside the focused one, or below it; it gets the focus.
    mutating func split(_ axis: Arrangement.Axis, with slot: PaneSlot) {
        let own = focus.slot
        guard PaneSlot(text: slot.text) != nil else {
            return tell(
                .failure,
                words("cannot pin a pane to \(slot.pin ?? ""): its name has characters that no layout can hold"))
        }
        let before = arrangement
        rearrange(words("there is no room for a further pane here, or it is here already")) {
            $0.splitting(own, axis, with: slot)
        }
        if arranging.trees[view] != before, arranging.trees[view]?.contains(slot) == true { focus = Pane(slot) }
    }

    // MARK: Saved layouts

    private mutating func askLayoutName() {
        let name = view.layout ?? ""
        prompt = Prompt(purpose: .layoutName, line: TextLine(name), before: name)
    }

    mutating func saveLayout(_ name: String) {
        let name = name.trimmingPalette
        guard !name.isEmpty, name.utf8.count <= ArrangingState.nameLimit, name.utf8.allSatisfy(PaneSlot.isNameByte)
        else {
            return tell(
                .failure,
                words(
                    "cannot save the layout as '\(name)': a name has 1 to \(ArrangingState.nameLimit) letters, digits, '-', '_', '.'"
                )
            )
        }
        guard arranging.trees[.layout(name)] != nil || arranging.layouts.count < ArrangingState.layoutLimit else {
            return tell(
                .failure,
                words(
                    "cannot save the layout: there are \(ArrangingState.layoutLimit) already; :remove-layout forgets one"
                ))
        }
        let tree = arrangement
        let view = ViewName.layout(name)
        arranging.trees[view] = tree
        memory[Self.treeKey(view)] = tree.text
        let focused = focus
        open(view)
        if tree.contains(focused.slot) { focus = focused }
        arranging.isOn = false
        tell(.success, words("saved the layout '\(name)'; :layout \(name) opens it"))
    }

    mutating func removeLayout(_ name: String) {
        let gone = ViewName.layout(name)
        guard arranging.trees[gone] != nil else { return tell(.failure, words("there is no layout named '\(name)'")) }
        arranging.trees[gone] = nil
        memory[Self.treeKey(gone)] = nil
        history.removeAll { $0 == gone }
        if view == gone {
            view = .overview
            focus = mainPane(of: view)
        }
        tell(.success, words("forgot the layout '\(name)'"))
    }

    /// The mouse drags a border.
    mutating func drag(_ border: Arrangement.Border, to point: Point) {
        let position = border.axis == .columns ? point.x : point.y
        guard let tree = arrangement.moving(border, to: position) else { return }
        arranging.trees[view] = tree
        memory[Self.treeKey(view)] = tree.text
    }
}
