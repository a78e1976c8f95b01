import Engine
import Terminal

extension DashboardState {
    /// A page of the focused pane.
    var page: Int { max(1, tableHeight(focus) - 1) }

    /// Half of the pane that J, K and their kin scroll.
    var textPage: Int { max(1, (layout.rect(of: textPane)?.height ?? 10) / 2 - 1) }

    /// What J and K scroll: the focused pane if it has text, else the first that has.
    var textPane: Pane {
        if focus == .details || focus == .logs { return focus }
        if view == .build { return .buildText }
        return layout.shows(.logs) ? .logs : .details
    }

    mutating func move(_ step: Int) -> [Effect] { focus.kind.move(step, &self) }

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
        } else if focus.kind.back(&self) {
            return
        } else if let last = history.popLast() {
            view = last
            focus = last.mainPane
        } else if view.tab != view {
            view = view.tab
            focus = view.mainPane
        } else if focus != view.mainPane {
            focus = view.mainPane
        } else {
            notice = nil
        }
    }
}
