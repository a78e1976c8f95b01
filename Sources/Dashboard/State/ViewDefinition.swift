import Terminal

/// A view: which panes it shows, and where.
struct ViewDefinition: Sendable {
    /// What a view is laid out by, beside the room.
    struct Context: Sendable, Hashable {
        var focus: Pane
        /// Rows of the list that decides how much room it gets.
        var tableRows: Int
    }

    var name: ViewName
    var title: String
    var shortTitle: String
    /// The view whose tab stands for it; its own name when it has one.
    var tab: ViewName
    /// In the order of Tab, at least one; the first is focused when the view opens.
    let panes: [Pane]
    /// Where they stand.
    var places: @Sendable (_ body: Rect, _ context: Context) -> [Layout.Place]

    init(
        _ name: ViewName, _ title: String, short: String? = nil, tab: ViewName? = nil, _ first: Pane, _ others: Pane...,
        places: (@Sendable (_ body: Rect, _ context: Context) -> [Layout.Place])? = nil
    ) {
        self.name = name
        self.title = title
        shortTitle = short ?? title
        self.tab = tab ?? name
        panes = [first] + others
        self.places = places ?? { body, _ in [Layout.Place(pane: first, rect: body)] }
    }

    /// Containers, graphs and logs at once: the table above, graphs and log below side by side; on smaller screens below each
    /// other or not at all.
    static let overview = ViewDefinition(.overview, "Overview", short: "All", .containers, .graphs, .logs) {
        body, context in
        if body.height < 17 { return [Layout.Place(pane: context.focus, rect: body)] }
        // A short list leaves its room to the graphs; a filter does not make the screen jump.
        // An empty sea is wide: the whale wants to be seen whole.
        let rows = context.tableRows
        let table = rows == 0 ? body.height * 60 / 100 : max(8, min(body.height * 45 / 100, rows + 4))
        let (top, bottom) = body.splitTop(table)
        if body.width < 100 {
            let second: Pane = context.focus == .graphs ? .graphs : .logs
            return [Layout.Place(pane: .containers, rect: top), Layout.Place(pane: second, rect: bottom)]
        }
        let (left, right) = bottom.splitLeft(body.width * 48 / 100)
        return [
            Layout.Place(pane: .containers, rect: top), Layout.Place(pane: .graphs, rect: left),
            Layout.Place(pane: .logs, rect: right),
        ]
    }
}

extension ViewName {
    /// Containers, graphs and logs at once.
    public static let overview = ViewName("overview")
}
