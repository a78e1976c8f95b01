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
        places = isTooSmall ? [] : Self.places(in: body, view: view, focus: focus, isZoomed: isZoomed, tableRows)
    }

    func rect(of pane: Pane) -> Rect? { places.first { $0.pane == pane }?.rect }

    func shows(_ pane: Pane) -> Bool { places.contains { $0.pane == pane } }

    private static func places(
        in body: Rect, view: ViewName, focus: Pane, isZoomed: Bool, _ tableRows: Int
    ) -> [Place] {
        if isZoomed { return [Place(pane: focus, rect: body)] }
        switch view {
        case .overview: return overview(body, focus: focus, tableRows)
        case .containers: return [Place(pane: .containers, rect: body)]
        case .images: return [Place(pane: .images, rect: body)]
        case .volumes: return [Place(pane: .volumes, rect: body)]
        case .networks: return [Place(pane: .networks, rect: body)]
        case .graphs: return [Place(pane: .graphs, rect: body)]
        case .logs: return [Place(pane: .logs, rect: body)]
        case .details: return [Place(pane: .details, rect: body)]
        case .layers: return layers(body, focus: focus)
        case .build: return build(body, focus: focus, tableRows)
        }
    }

    /// Layers at the left, files at the right; on smaller screens the one that has the focus.
    private static func layers(_ body: Rect, focus: Pane) -> [Place] {
        guard body.width >= 76 else { return [Place(pane: focus == .files ? .files : .layers, rect: body)] }
        let (left, right) = body.splitLeft(max(34, body.width * 40 / 100))
        return [Place(pane: .layers, rect: left), Place(pane: .files, rect: right)]
    }

    /// Steps at the left, the output at the right; on smaller screens below each other, on the smallest the one that has the
    /// focus.
    private static func build(_ body: Rect, focus: Pane, _ rows: Int) -> [Place] {
        if body.width >= 110 {
            let (left, right) = body.splitLeft(body.width * 45 / 100)
            return [Place(pane: .build, rect: left), Place(pane: .buildText, rect: right)]
        }
        guard body.height >= 15 else {
            return [Place(pane: focus == .buildText ? .buildText : .build, rect: body)]
        }
        let (top, bottom) = body.splitTop(max(7, min(body.height / 2, rows + 2)))
        return [Place(pane: .build, rect: top), Place(pane: .buildText, rect: bottom)]
    }

    /// Table above, graphs and log below side by side; on smaller screens below each other or not at all.
    private static func overview(_ body: Rect, focus: Pane, _ tableRows: Int) -> [Place] {
        if body.height < 17 { return [Place(pane: focus, rect: body)] }
        // A short list leaves its room to the graphs; a filter does not make the screen jump.
        // An empty sea is wide: the whale wants to be seen whole.
        let table = tableRows == 0 ? body.height * 60 / 100 : max(8, min(body.height * 45 / 100, tableRows + 4))
        let (top, bottom) = body.splitTop(table)
        if body.width < 100 {
            let second: Pane = focus == .graphs ? .graphs : .logs
            return [Place(pane: .containers, rect: top), Place(pane: second, rect: bottom)]
        }
        let (left, right) = bottom.splitLeft(body.width * 48 / 100)
        return [
            Place(pane: .containers, rect: top), Place(pane: .graphs, rect: left), Place(pane: .logs, rect: right),
        ]
    }
}

extension DashboardState {
    var layout: Layout {
        Layout(
            size: Size(width: columns, height: rows), view: view, focus: focus, isZoomed: isZoomed,
            tableRows: view == .build ? builds.shown?.rows.count ?? 5 : list.isLoaded ? list.all.count : .max / 2)
    }

    /// The panes that Tab goes through in this view, also those that a small screen hides.
    var panesOfView: [Pane] {
        switch view {
        case .overview: [.containers, .graphs, .logs]
        case .layers: [.layers, .files]
        case .build: [.build, .buildText]
        default: [view.mainPane]
        }
    }

    /// Rows of content that a table has room for: without frame and header.
    func tableHeight(_ pane: Pane) -> Int {
        guard let rect = layout.rect(of: pane) else { return 0 }
        switch pane {
        case .images, .networks, .volumes: return max(0, ResourcePane.parts(rect).table.height - 3)
        case .layers: return max(0, LayersPane.parts(self, rect).list.height - 4)
        case .files, .build, .buildText: return max(0, rect.height - 2)
        case .containers, .graphs, .logs, .details: return max(0, rect.height - 3)
        }
    }
}
