import Engine
import Terminal

extension DashboardState {
    /// A page of the focused pane.
    var page: Int {
        switch focus {
        case .containers, .images, .networks, .volumes, .layers, .files, .build, .buildText:
            max(1, tableHeight(focus) - 1)
        default: max(1, (layout.rect(of: focus)?.height ?? 10) - 4)
        }
    }

    /// Half of the pane that J, K and their kin scroll.
    var detailPage: Int {
        max(1, (layout.rect(of: view == .build ? .buildText : detailPane)?.height ?? 10) / 2 - 1)
    }

    /// What J and K scroll: the focused pane if it has text, else the first that has.
    private var detailPane: Pane {
        if focus == .details || focus == .logs { return focus }
        return layout.shows(.logs) ? .logs : .details
    }

    mutating func move(_ step: Int) {
        switch focus {
        case .containers: list.select(list.index + step)
        case .images: imageList.select(imageList.index + step)
        case .networks: networks.move(step)
        case .volumes: volumes.move(step)
        case .graphs: graphs.scroll = max(0, min(graphs.scroll + step, 20))
        case .logs: scrollLog(step)
        case .details: scrollDetails(step)
        case .layers: layers.move(step)
        case .files: layers.files.move(step)
        case .build: builds.move(step)
        case .buildText: scrollBuild(step)
        }
    }

    mutating func scrollDetail(_ step: Int) {
        switch focus {
        case .images, .networks, .volumes: scrollResource(step)
        case .layers, .files: scrollSummary(step)
        case .build, .buildText: scrollBuild(step)
        default: if detailPane == .logs { scrollLog(step) } else { scrollDetails(step) }
        }
    }

    private mutating func scrollDetails(_ step: Int) {
        let height = max(1, (layout.rect(of: .details)?.height ?? 3) - 4)
        let (sum, overflow) = details.scroll.addingReportingOverflow(step)
        details.scroll = ScrollMath.clamp(
            overflow ? .max : sum, height: height, count: DetailsPane.lines(self).count)
    }

    mutating func sideways(_ step: Int) {
        switch focus {
        case .logs:
            if logs.wraps { logs.wraps = false }
            logs.column = min(max(0, logs.column + step), 100_000)
        case .details: details.column = min(max(0, details.column + step), 100_000)
        case .graphs: graphs.step(span: step > 0 ? 1 : -1)
        case .files: if step > 0 { layers.files.unfold() } else { layers.files.fold() }
        case .layers: if step > 0 { focus = .files }
        case .build: if step > 0 { focus = .buildText }
        case .buildText:
            if builds.text.wraps { builds.text.wraps = false }
            builds.text.column = min(max(0, builds.text.column + step), 100_000)
        case .containers, .images, .networks, .volumes: break
        }
    }

    mutating func goToTop() -> [Effect] {
        switch focus {
        case .containers: list.select(0)
        case .images: imageList.select(0)
        case .networks: networks.select(0)
        case .volumes: volumes.select(0)
        case .graphs: graphs.scroll = 0
        case .details: details.scroll = 0
        case .layers: layers.move(-layers.layers.count - layers.steps.count)
        case .files: layers.files.select(0)
        case .build: builds.move(-BuildReport.stepLimit)
        case .buildText: builds.text.goToTop()
        case .logs: return logToBeginning()
        }
        return []
    }

    mutating func goToBottom() -> [Effect] {
        switch focus {
        case .containers: list.select(.max)
        case .images: imageList.select(.max)
        case .networks: networks.select(.max)
        case .volumes: volumes.select(.max)
        case .graphs: graphs.scroll = 20
        case .details: scrollDetails(.max / 2)
        case .layers: layers.move(layers.layers.count + layers.steps.count)
        case .files: layers.files.select(.max)
        case .build: builds.move(BuildReport.stepLimit)
        case .buildText: builds.text.isFollowing = true
        case .logs:
            logs.isFollowing = true
            // What broke off is tried again.
            logs.failure = nil
        }
        return []
    }

    mutating func stepPane(_ direction: Int) {
        let panes = panesOfView
        guard panes.count > 1, let index = panes.firstIndex(of: focus) else {
            // A view of one pane: Tab leads to its neighbours.
            let views = ViewName.tabs
            guard let index = views.firstIndex(of: view.tab) else { return }
            open(views[((index + direction) % views.count + views.count) % views.count])
            return
        }
        focus = panes[((index + direction) % panes.count + panes.count) % panes.count]
    }

    mutating func open(_ other: ViewName) {
        guard other != view else {
            if view == .overview { focus = .containers }
            isZoomed = false
            return
        }
        history.removeAll { $0 == other }
        history.append(view)
        view = other
        focus = other.mainPane
        isZoomed = false
    }

    /// Enter: one level deeper.
    mutating func open() {
        switch focus {
        case .containers: if selected != nil { open(.details) }
        case .graphs, .logs:
            if view == .overview { open(focus == .graphs ? .graphs : .logs) }
        case .images:
            // An image's way down are its layers.
            guard let image = selectedImage else { return }
            layers.open(image)
            open(.layers)
        case .layers: focus = .files
        case .files: layers.files.toggle(layers.files.index)
        case .build: openBuildRow()
        case .networks: networks.selected.map { showContainers("-n \($0.name)") }
        case .volumes: volumes.selected.map { showContainers("-v \($0.name)") }
        case .details, .buildText: break
        }
    }

    /// The containers of what was opened.
    mutating func showContainers(_ filter: String) {
        list.filter = RowFilter(filter)
        list.arrange(usage: usage)
        open(.containers)
    }

    /// Esc: takes back the last thing that stands in the way.
    mutating func back() {
        if isZoomed {
            isZoomed = false
        } else if focus == .logs, logs.search != nil {
            logs.search = nil
            logs.searchDirection = 0
        } else if view == .build, builds.text.search != nil {
            builds.text.search = nil
        } else if focus == .buildText, !layout.shows(.build) {
            focus = .build
        } else if focus == .containers, !list.marks.isEmpty {
            list.marks = []
        } else if focus == .images, !imageList.marks.isEmpty {
            imageList.marks = []
        } else if focus == .networks, !networks.marks.isEmpty {
            networks.marks = []
        } else if focus == .volumes, !volumes.marks.isEmpty {
            volumes.marks = []
        } else if focus == .networks, !networks.filter.isEmpty {
            networks.narrow("")
        } else if focus == .volumes, !volumes.filter.isEmpty {
            volumes.narrow("")
        } else if focus == .containers, !list.filter.isEmpty {
            list.filter = RowFilter("")
            list.arrange(usage: usage)
        } else if focus == .images, !imageList.filter.isEmpty {
            imageList.filter = RowFilter("")
            imageList.arrange()
        } else if view == .layers, !layers.filter.isEmpty {
            layers.filter = ""
        } else if view == .layers || view == .build, history.isEmpty {
            view = .images
            focus = .images
        } else if let last = history.popLast() {
            view = last
            focus = last.mainPane
        } else if view == .overview, focus != .containers {
            focus = .containers
        } else {
            notice = nil
        }
    }

    mutating func showTab(_ direction: Int) {
        switch view {
        case .details: details.step(direction)
        case .layers: layers.stepTab(direction)
        case .build: builds.step(direction)
        default: open(.details)
        }
    }
}
