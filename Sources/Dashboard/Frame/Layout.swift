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
    var body: Rect
    var status: Rect
    var footer: Rect
    var places: [Place]
    var isTooSmall: Bool

    init(size: Size, view: ViewName, focus: Pane, isZoomed: Bool, tableRows: Int) {
        let screen = Rect(size)
        isTooSmall = size.width < Self.minimum.width || size.height < Self.minimum.height
        let (tabs, afterTabs) = screen.splitTop(1)
        let (header, afterHeader) = afterTabs.splitTop(1)
        let (beforeFooter, footer) = afterHeader.splitBottom(1)
        let (body, status) = beforeFooter.splitBottom(size.height >= 20 ? 1 : 0)
        self.tabs = tabs
        self.header = header
        self.footer = footer
        self.body = body
        self.status = status
        let context = ViewDefinition.Context(focus: focus, tableRows: tableRows)
        places =
            isTooSmall ? [] : isZoomed ? [Place(pane: focus, rect: body)] : view.places(body, context)
    }

    func rect(of pane: Pane) -> Rect? { places.first { $0.pane == pane }?.rect }

    func shows(_ pane: Pane) -> Bool { places.contains { $0.pane == pane } }
}

extension DashboardState {
    var layout: Layout {
        Layout(
            size: Size(width: columns, height: rows), view: view, focus: focus, isZoomed: isZoomed,
            tableRows: view == .build ? builds.shown?.rows.count ?? 5 : list.isLoaded ? list.all.count : .max / 2)
    }

    /// The panes that Tab goes through in this view, also those that a small screen hides.
    var panesOfView: [Pane] { view.panes }

    /// Rows of content that a pane's list has room for: without frame and header.
    func tableHeight(_ pane: Pane) -> Int { layout.rect(of: pane).map { pane.kind.height(self, $0) } ?? 0 }
}
