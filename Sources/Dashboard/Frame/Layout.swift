import Terminal

/// Where everything stands on a screen of some size: decided by size, view, focus and zoom alone.
struct Layout: Hashable {
    struct Place: Hashable {
        var pane: Pane
        var rect: Rect
    }

    static let minimum = Size(width: 60, height: 15)

    var header: Rect
    var tabs: Rect
    /// The row of the person's own tabs; empty while there is but one.
    var pages: Rect
    var body: Rect
    var status: Rect
    var footer: Rect
    var places: [Place]
    var isTooSmall: Bool

    init(
        size: Size, view: ViewName, focus: Pane, isZoomed: Bool, tableRows: Int, arrangement: Arrangement? = nil,
        hasPages: Bool = false
    ) {
        let screen = Rect(size)
        isTooSmall = size.width < Self.minimum.width || size.height < Self.minimum.height
        let (tabs, afterTabs) = screen.splitTop(1)
        let (header, underHeader) = afterTabs.splitTop(1)
        let (pages, afterHeader) = underHeader.splitTop(hasPages && !isTooSmall ? 1 : 0)
        let (beforeFooter, footer) = afterHeader.splitBottom(1)
        let (body, status) = beforeFooter.splitBottom(size.height >= 20 ? 1 : 0)
        self.tabs = tabs
        self.pages = pages
        self.header = header
        self.footer = footer
        self.body = body
        self.status = status
        let context = ViewDefinition.Context(focus: focus, tableRows: tableRows)
        if isTooSmall {
            places = []
        } else if isZoomed {
            places = [Place(pane: focus, rect: body)]
        } else if let arrangement {
            places = arrangement.placed(in: body, focus: focus.slot).places.map {
                Place(pane: Pane($0.slot), rect: $0.rect)
            }
        } else {
            places = view.places(body, context)
        }
    }

    func rect(of pane: Pane) -> Rect? { places.first { $0.pane == pane }?.rect }

    func shows(_ pane: Pane) -> Bool { places.contains { $0.pane == pane } }
}

extension DashboardState {
    var layout: Layout {
        var layout = Layout(
            size: Size(width: columns, height: rows), view: view, focus: focus, isZoomed: isZoomed,
            tableRows: view == .build ? builds.shown?.rows.count ?? 5 : list.isLoaded ? list.all.count : .max / 2,
            arrangement: arranging.trees[view], hasPages: pages.all.count > 1)
        // A pinned pane at work sees itself in the place of the one without a pin.
        if let place = pins.place {
            layout.places = layout.places.filter { $0.pane != place.pane && $0.pane.pin == nil } + [place]
        }
        return layout
    }

    /// The panes that Tab goes through in this view, also those that a small screen hides.
    var panesOfView: [Pane] { arranging.trees[view]?.slots.map { Pane($0) } ?? view.panes }

    /// Rows of content that a pane's list has room for: without frame and header.
    func tableHeight(_ pane: Pane) -> Int { layout.rect(of: pane).map { pane.kind.height(self, $0) } ?? 0 }
}
