import Terminal

/// The chooser of columns above a table.
struct TableChooser: Sendable, Hashable {
    /// Whose columns they are.
    var pane: Pane
    var chooser = ColumnChooser()
}

extension TablePane {
    static func pressInChooser(_ key: Key, _ state: inout DashboardState) {
        guard var chooser = state.chooser?.chooser else { return }
        let stays = chooser.press(key, &state[keyPath: listing])
        state.chooser = stays ? TableChooser(pane: pane, chooser: chooser) : nil
    }

    static func pressInChooser(line: Int, _ state: inout DashboardState) {
        guard var chooser = state.chooser?.chooser else { return }
        chooser.press(line: line, &state[keyPath: listing])
        state.chooser = TableChooser(pane: pane, chooser: chooser)
    }

    static func drawChooser(
        _ chooser: ColumnChooser, _ state: DashboardState, in body: Rect, _ frame: inout Frame, _ look: Look
    ) {
        frame.cover()
        let list = state[keyPath: listing]
        let drawn = ColumnChooserView.draw(
            ColumnChooser.entries(list), index: chooser.index, sortedBy: list.sortOrder.column, nouns: Row.nouns,
            in: body, on: &frame.canvas, look)
        frame.hit(drawn.box, .overlay)
        for (line, rect) in drawn.lines { frame.hit(rect, .spot(pane, .word(PaneWord(ChooserLine(line: line))))) }
    }
}

/// A line of the chooser, as the mouse finds it.
struct ChooserLine: Hashable, Sendable {
    var line: Int
}

extension DashboardState {
    /// The table whose columns are being chosen.
    private var chosenTable: (any TablePane.Type)? { chooser.flatMap { $0.pane.kind as? any TablePane.Type } }

    mutating func pressInChooser(_ key: Key) -> [Effect] {
        guard let kind = chosenTable else {
            chooser = nil
            return []
        }
        kind.pressInChooser(key, &self)
        return []
    }

    /// A click: on a line it shows or hides the column, beside the chooser it closes it.
    mutating func pressInChooser(_ target: HitTarget?) -> [Effect] {
        switch target {
        case .spot(_, .word(let word)):
            if let line = word.value as? ChooserLine { chosenTable?.pressInChooser(line: line.line, &self) }
        case .overlay: break
        default: chooser = nil
        }
        return []
    }

    func drawChooser(in body: Rect, _ frame: inout Frame, _ look: Look) {
        guard let chooser else { return }
        chosenTable?.drawChooser(chooser.chooser, self, in: body, &frame, look)
    }
}
