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

    mutating func move(_ step: Int) -> [Effect] {
        let kind = focus.kind
        return inside(focus) { kind.move(step, &$0) }
    }

    /// The views that have a tab: those of the panes, then the saved layouts.
    var tabViews: [ViewName] { ViewName.tabs + arranging.layouts.map { .layout($0) } }

    mutating func stepPane(_ direction: Int) {
        let panes = panesOfView
        guard panes.count > 1, let index = panes.firstIndex(of: focus) else {
            // A view of one pane: Tab leads to its neighbours.
            let views = tabViews
            guard let index = views.firstIndex(of: view.tab) else { return }
            open(views[((index + direction) % views.count + views.count) % views.count])
            return
        }
        focus = panes[((index + direction) % panes.count + panes.count) % panes.count]
    }

    mutating func open(_ other: ViewName) {
        guard other != view else {
            focus = mainPane(of: view)
            isZoomed = false
            return
        }
        history.removeAll { $0 == other }
        history.append(view)
        view = other
        focus = mainPane(of: other)
        isZoomed = false
    }

    /// The containers of what was opened.
    mutating func showContainers(_ filter: String) {
        list.table.narrow(filter)
        open(.containers)
    }

    /// Esc: takes back the last thing that stands in the way.
    mutating func back() {
        if isZoomed {
            isZoomed = false
        } else if within(focus, { $0.focus.kind.back(&$0) }) {
            return
        } else if let last = history.popLast() {
            view = last
            focus = mainPane(of: last)
        } else if view.tab != view {
            view = view.tab
            focus = mainPane(of: view)
        } else if focus != mainPane(of: view) {
            focus = mainPane(of: view)
        } else {
            notice = nil
        }
    }
}
