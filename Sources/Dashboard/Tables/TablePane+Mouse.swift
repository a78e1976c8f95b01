import Terminal

/// What the mouse can do on a table beyond pressing.
extension TablePane {
    /// The row under the pointer.
    static func hovered(_ state: DashboardState) -> Row.ID? {
        guard case .spot(pane, .row(let text)) = state.pointer.hover else { return nil }
        return id(text)
    }

    static func mark(_ spot: Spot, isRange: Bool, _ state: inout DashboardState) -> Bool {
        guard case .row(let text) = spot else { return false }
        let id = id(text)
        guard state[keyPath: listing][id] != nil else { return false }
        state.focus = pane
        if isRange {
            state[keyPath: listing].extend(to: id)
        } else {
            state[keyPath: listing].select(id)
            state[keyPath: listing].toggleMark(id)
        }
        return true
    }

    static func grip(_ spot: Spot, at x: Int, _ state: DashboardState) -> ColumnPull? {
        guard case .edge(let id) = spot, let inside = inside(state) else { return nil }
        let list = state[keyPath: listing]
        let window = ListWindow(count: list.rows.count, height: Table.visibleRows(in: inside))
        let columns = ListPainter.table(list, width: inside.width, isFocused: true).layout(in: inside, window: window)
            .columns
        guard let place = columns.firstIndex(where: { $0.column.id == id }), columns.indices.contains(place + 1) else {
            return nil
        }
        let (left, right) = (columns[place], columns[place + 1])
        return ColumnPull(
            left: left.column.id, right: right.column.id, leftWidth: left.rect.width, rightWidth: right.rect.width,
            start: x)
    }

    static func pull(_ held: ColumnPull, to x: Int, _ state: inout DashboardState) {
        let widths = held.widths(at: x)
        guard widths.left != held.leftWidth || state[keyPath: listing].settings.width(of: held.left) != nil else {
            return
        }
        size(held, widths.left, widths.right, &state)
    }

    /// As wide as the table likes again.
    static func release(_ edge: String, _ state: inout DashboardState) {
        guard let held = grip(.edge(edge), at: 0, state) else { return }
        size(held, nil, nil, &state)
    }

    private static func size(_ held: ColumnPull, _ left: Int?, _ right: Int?, _ state: inout DashboardState) {
        var settings = state[keyPath: listing].settings
        settings.resize(held.left, to: left, for: Row.self)
        settings.resize(held.right, to: right, for: Row.self)
        state[keyPath: listing].apply(settings)
    }
}
