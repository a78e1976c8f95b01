import Terminal

extension Arrangement {
    /// The arrangement that panes standing so have: what a view looks like now becomes a tree that can be changed.
    /// `nil` when no straight cut parts them.
    init?(places: [Layout.Place], in body: Rect) {
        guard let first = places.first else { return nil }
        guard places.count > 1 else {
            self = .pane(first.pane.slot)
            return
        }
        for axis in [Axis.rows, .columns] {
            let groups = Self.groups(places, axis)
            guard groups.count > 1 else { continue }
            var parts: [Part] = []
            for group in groups {
                guard let content = Arrangement(places: group, in: body) else { return nil }
                let rects = group.map(\.rect)
                let ends = rects.map { axis == .rows ? ($0.y, $0.bottom) : ($0.x, $0.right) }
                let length = (ends.map(\.1).max() ?? 0) - (ends.map(\.0).min() ?? 0)
                parts.append(Part(content, share: length))
            }
            self = .split(axis, parts)
            return
        }
        return nil
    }

    /// Panes that one straight line after another parts along an axis.
    private static func groups(_ places: [Layout.Place], _ axis: Axis) -> [[Layout.Place]] {
        func start(_ place: Layout.Place) -> Int { axis == .rows ? place.rect.y : place.rect.x }
        func end(_ place: Layout.Place) -> Int { axis == .rows ? place.rect.bottom : place.rect.right }
        var groups: [[Layout.Place]] = []
        var reach = Int.min
        for place in places.sorted(by: { start($0) < start($1) }) {
            if groups.isEmpty || start(place) >= reach { groups.append([]) }
            groups[groups.count - 1].append(place)
            reach = max(reach, end(place))
        }
        return groups
    }
}
