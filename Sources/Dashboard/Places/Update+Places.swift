import Engine

/// Back, forward, to and fro.
extension DashboardState {
    /// Where the person is now.
    var place: PlaceVisit {
        PlaceVisit(
            view: view, focus: focus, isZoomed: isZoomed, position: seen(by: focus).position(of: focus),
            container: selected?.name ?? "")
    }

    fileprivate func position(of pane: Pane) -> PanePosition { pane.kind.position(self) }

    /// After every step: has the person gone somewhere?
    mutating func followTrail() {
        // What is being typed is no place yet, nor is what a dialog covers.
        guard prompt == nil, palette == nil, dialog == nil, form == nil else { return }
        let here = place
        if places.isTravelling || !here.isElsewhere(than: places.trail.current) {
            places.trail.refresh(here)
        } else {
            places.last = places.trail.current
            places.trail.go(here)
        }
        places.isTravelling = false
    }

    mutating func travel(_ action: Action) -> [Effect]? {
        switch action {
        case .placeBack:
            let from = places.trail.current
            guard let place = places.trail.back() else {
                tell(.information, words("this is where you began"))
                return []
            }
            places.last = from
            visit(place)
        case .placeForward:
            let from = places.trail.current
            guard let place = places.trail.forward() else {
                tell(
                    .information,
                    words("there is nothing ahead; \(KeyMap.display(keys.key(for: .placeBack) ?? "")) goes back")
                )
                return []
            }
            places.last = from
            visit(place)
        case .placeLast:
            guard let place = places.last else {
                tell(.information, words("you have been nowhere else yet"))
                return []
            }
            places.last = places.trail.current
            places.trail.go(place)
            visit(place)
        default: return nil
        }
        return []
    }

    /// Goes to a place as far as it still exists.
    mutating func visit(_ place: PlaceVisit) {
        places.isTravelling = true
        arranging.isOn = false
        let isThere = place.view.layout == nil || arranging.trees[place.view] != nil
        view = isThere ? place.view : .overview
        let panes = panesOfView
        focus = panes.contains(place.focus) ? place.focus : mainPane(of: view)
        isZoomed = place.isZoomed
        history.removeAll { $0 == view }
        if let container = list.all.first(where: { $0.name == place.container }) { list.select(container.id) }
        let (pane, position) = (focus, place.position)
        within(pane) { pane.kind.restore(position, &$0) }
    }
}
