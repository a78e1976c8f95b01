/// A place: a view, the pane in it, and where the person is in that pane and among the containers.
struct PlaceVisit: Sendable, Hashable {
    var view: ViewName
    var focus: Pane
    var isZoomed = false
    /// Of the focused pane.
    var position = PanePosition()
    /// The container that logs, graphs and details are about.
    var container = ""

    /// What makes it another place: a chosen row alone does not, or each step through a table would be one.
    func isElsewhere(than other: PlaceVisit) -> Bool {
        if view != other.view || position.filter != other.position.filter { return true }
        return container != other.container && focus.base != .containers && other.focus.base != .containers
    }
}

/// Where the person has been.
struct PlacesState: Sendable {
    var trail: PlaceTrail<PlaceVisit>
    /// Where he was just before, for going to and fro.
    var last: PlaceVisit?
    /// Going back along the trail is no new place.
    var isTravelling = false
}
