import Engine

extension DashboardState {
    mutating func mouse(_ input: MouseInput) -> [Effect] {
        switch input.kind {
        case .wheel(let step): return wheel(step, on: input.target)
        case .press, .doublePress: return press(on: input.target, isDouble: input.kind == .doublePress)
        }
    }

    private mutating func wheel(_ step: Int, on target: HitTarget?) -> [Effect] {
        if dialog != nil {
            dialog?.move(step > 0 ? 1 : -1)
            return []
        }
        if form != nil { return [] }
        if isHelpShown {
            helpScroll = HelpPane.clamp(helpScroll + step, self)
            return []
        }
        if transfers.isShown {
            transfers.select(transfers.selected + (step > 0 ? 1 : -1))
            return []
        }
        let pane: Pane?
        switch target {
        case .pane(let other): pane = other
        case .layerRow, .layersTab: pane = .layers
        case .fileRow, .fileFold: pane = .files
        case .buildRow: pane = .build
        case .containerRow, .containerHeader: pane = .containers
        case .imageRow, .imageHeader: pane = .images
        case .networkRow, .networkHeader: pane = .networks
        case .volumeRow, .volumeHeader: pane = .volumes
        case .detailTab: pane = .details
        default: pane = nil
        }
        guard let pane else { return [] }
        // The wheel scrolls what is under it and leaves the focus where it is.
        let before = focus
        focus = pane
        move(step)
        focus = before
        return pane == .logs ? wantPages() : []
    }

    private mutating func press(on target: HitTarget?, isDouble: Bool) -> [Effect] {
        if dialog != nil {
            switch target {
            case .dialogItem(let index):
                guard let dialog, dialog.items.indices.contains(index) else { return [] }
                return choose(dialog.items[index].choice)
            case .dialog: return []
            default:
                dialog = nil
                return []
            }
        }
        if form != nil { return pressInForm(target) }
        if isHelpShown {
            if target != .help { isHelpShown = false }
            return []
        }
        if transfers.isShown { return pressInTransfers(target) }
        switch target {
        case .tab(let name): open(name)
        case .pane(let pane): focus = pane
        case .containerHeader(let column): sortContainers(column)
        case .imageHeader(let column):
            imageList.sort.choose(column)
            imageList.arrange()
        case .containerRow(let id):
            focus = .containers
            list.select(id)
            if isDouble { open() }
        case .imageRow(let id):
            focus = .images
            if let index = imageList.rows.firstIndex(where: { $0.id == id }) { imageList.select(index) }
            if isDouble { open() }
        case .networkHeader(let column): if NetworkColumn.sortable.contains(column) { networks.order(by: column) }
        case .volumeHeader(let column): volumes.order(by: column)
        case .networkRow(let id):
            focus = .networks
            networks.select(id)
            if isDouble { open() }
        case .volumeRow(let name):
            focus = .volumes
            volumes.select(name)
            if isDouble { open() }
        case .detailTab(let tab):
            focus = .details
            details.choose(tab)
        case .hint(let action):
            prompt = nil
            return act(action)
        case .layersTab, .layerRow, .fileRow, .fileFold: pressInLayers(target, isDouble: isDouble)
        case .buildRow(let row): pressInBuild(row, isDouble: isDouble)
        case .dialogItem, .dialog, .help, .formPlace, .transferRow, .transferStop, .transferForget, .overlay, nil: break
        }
        return []
    }
}
