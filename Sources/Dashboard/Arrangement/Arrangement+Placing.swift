import Terminal

extension Arrangement {
    /// A line between two parts of a split that the mouse can take hold of.
    struct Border: Sendable, Hashable {
        /// Which part to go into at each split on the way down.
        var path: [Int]
        var axis: Axis
        /// The part before it.
        var index: Int
        /// Where the split begins on the screen, along its axis, and how long its parts are there.
        var start: Int
        var lengths: [Int]
        var rect: Rect
    }

    struct Placing: Sendable, Hashable {
        var places: [(slot: PaneSlot, rect: Rect)] = []
        var borders: [Border] = []

        static func == (a: Placing, b: Placing) -> Bool {
            a.borders == b.borders && a.places.elementsEqual(b.places) { $0.slot == $1.slot && $0.rect == $1.rect }
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(borders)
            for place in places {
                hasher.combine(place.slot)
                hasher.combine(place.rect)
            }
        }
    }

    /// Where the panes stand in a rectangle. A split that has no room for its parts shows the one with the focus.
    func placed(in rect: Rect, focus: PaneSlot) -> Placing {
        var placing = Placing()
        place(in: rect, focus, [], &placing)
        return placing
    }

    private func place(in rect: Rect, _ focus: PaneSlot, _ path: [Int], _ placing: inout Placing) {
        guard case .split(let axis, let parts) = self else {
            if case .pane(let slot) = self, !rect.isEmpty { placing.places.append((slot, rect)) }
            return
        }
        let total = axis == .columns ? rect.width : rect.height
        guard let lengths = Self.lengths(parts, axis, total: total) else {
            let index = parts.firstIndex { $0.content.contains(focus) } ?? 0
            if parts.indices.contains(index) { parts[index].content.place(in: rect, focus, path + [index], &placing) }
            return
        }
        var start = axis == .columns ? rect.x : rect.y
        for (index, part) in parts.enumerated() {
            let room =
                axis == .columns
                ? Rect(x: start, y: rect.y, width: lengths[index], height: rect.height)
                : Rect(x: rect.x, y: start, width: rect.width, height: lengths[index])
            part.content.place(in: room, focus, path + [index], &placing)
            start += lengths[index]
            guard index + 1 < parts.count else { continue }
            // Each pane has a frame of its own: the border are both edges, or it could hardly be hit. A row's lower edge
            // alone, since the upper edge of the next carries its title and tabs.
            let line =
                axis == .columns
                ? Rect(x: start - 1, y: rect.y + 1, width: 2, height: max(0, rect.height - 2))
                : Rect(x: rect.x + 1, y: start - 1, width: max(0, rect.width - 2), height: 1)
            placing.borders.append(
                Border(
                    path: path, axis: axis, index: index, start: axis == .columns ? rect.x : rect.y, lengths: lengths,
                    rect: line))
        }
    }

    /// The smallest room that shows all of it.
    private var smallest: (width: Int, height: Int) {
        switch self {
        case .pane: return Self.smallestPane
        case .split(let axis, let parts):
            let all = parts.map(\.content.smallest)
            let (widths, heights) = (all.map(\.width), all.map(\.height))
            return axis == .columns
                ? (widths.reduce(0, +), heights.max() ?? 0) : (widths.max() ?? 0, heights.reduce(0, +))
        }
    }

    /// What each part gets of `total` cells; `nil` when there is not enough for all.
    private static func lengths(_ parts: [Part], _ axis: Axis, total: Int) -> [Int]? {
        let least = parts.map { axis == .columns ? $0.content.smallest.width : $0.content.smallest.height }
        guard least.reduce(0, +) <= total else { return nil }
        let sum = max(1, parts.reduce(0) { $0 + $1.share })
        var lengths = parts.map { total * $0.share / sum }
        if let last = lengths.indices.last { lengths[last] += total - lengths.reduce(0, +) }
        // Who has too little takes from who has most.
        for index in lengths.indices {
            while lengths[index] < least[index] {
                let spare = lengths.indices.max { lengths[$0] - least[$0] < lengths[$1] - least[$1] }
                guard let spare, lengths[spare] > least[spare] else { return nil }
                lengths[spare] -= 1
                lengths[index] += 1
            }
        }
        return lengths
    }
}
