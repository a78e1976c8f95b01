/// Changes by key and mouse. Each answers the new tree, or `nil` where it changes nothing.
extension Arrangement {
    /// Halves the place of a pane and gives the second half to another.
    func splitting(_ slot: PaneSlot, _ axis: Axis, with other: PaneSlot) -> Arrangement? {
        guard !contains(other), slots.count < Self.paneLimit, let new = halving(slot, axis, other),
            new.depth <= Self.depthLimit
        else { return nil }
        return new
    }

    private func halving(_ slot: PaneSlot, _ axis: Axis, _ other: PaneSlot) -> Arrangement? {
        switch self {
        case .pane(slot): return .split(axis, [Part(self), Part(.pane(other))])
        case .pane: return nil
        case .split(let own, var parts):
            if own == axis, let index = parts.firstIndex(where: { $0.content == .pane(slot) }) {
                // In a row of panes another one joins the row.
                let half = max(1, parts[index].share / 2)
                parts[index].share = half
                parts.insert(Part(.pane(other), share: half), at: index + 1)
                return .split(own, parts)
            }
            for index in parts.indices {
                guard let new = parts[index].content.halving(slot, axis, other) else { continue }
                parts[index].content = new
                return .split(own, parts)
            }
            return nil
        }
    }

    /// Takes a pane away; the last one stays.
    func closing(_ slot: PaneSlot) -> Arrangement? {
        guard contains(slot), slots.count > 1 else { return nil }
        return without(slot)
    }

    private func without(_ slot: PaneSlot) -> Arrangement? {
        switch self {
        case .pane(let other): return other == slot ? nil : self
        case .split(let axis, let parts):
            let kept = parts.compactMap { part in part.content.without(slot).map { Part($0, share: part.share) } }
            if kept.count < 2 { return kept.first?.content }
            return .split(axis, kept).flattened
        }
    }

    /// Rows within rows are rows.
    private var flattened: Arrangement {
        guard case .split(let axis, let parts) = self else { return self }
        var flat: [Part] = []
        for part in parts {
            guard case .split(axis, let inner) = part.content else {
                flat.append(part)
                continue
            }
            let sum = inner.reduce(0) { $0 + $1.share }
            flat += inner.map { Part($0.content, share: max(1, part.share * $0.share / max(1, sum))) }
        }
        return .split(axis, flat)
    }

    /// Another pane in the place of one.
    func replacing(_ slot: PaneSlot, with other: PaneSlot) -> Arrangement? {
        guard contains(slot), slot == other || !contains(other) else { return nil }
        return mapped { $0 == slot ? other : $0 }
    }

    /// Two panes change places.
    func swapping(_ slot: PaneSlot, _ other: PaneSlot) -> Arrangement? {
        guard slot != other, contains(slot), contains(other) else { return nil }
        return mapped { $0 == slot ? other : $0 == other ? slot : $0 }
    }

    private func mapped(_ change: (PaneSlot) -> PaneSlot) -> Arrangement {
        switch self {
        case .pane(let slot): .pane(change(slot))
        case .split(let axis, let parts):
            .split(axis, parts.map { Part($0.content.mapped(change), share: $0.share) })
        }
    }

    /// Gives a pane more of the room along an axis, or less; its neighbours pay. The innermost split along that axis is
    /// meant.
    func growing(_ slot: PaneSlot, _ axis: Axis, percent: Int) -> Arrangement? {
        guard case .split(let own, var parts) = self,
            let index = parts.firstIndex(where: { $0.content.contains(slot) })
        else { return nil }
        if let inner = parts[index].content.growing(slot, axis, percent: percent) {
            parts[index].content = inner
            return .split(own, parts)
        }
        guard own == axis else { return nil }
        var shares = parts.map(\.share)
        Self.normalise(&shares)
        let others = shares.reduce(0, +) - shares[index]
        // Nobody is pushed out of sight.
        let smallest = min(500, Self.whole / (2 * parts.count))
        let new = min(
            max(smallest, shares[index] + percent * Self.whole / 100), Self.whole - smallest * (parts.count - 1))
        guard new != shares[index], others > 0 else { return nil }
        for place in shares.indices where place != index {
            shares[place] = max(smallest, shares[place] * (Self.whole - new) / others)
        }
        shares[index] = new
        for place in parts.indices { parts[place].share = shares[place] }
        return .split(own, parts)
    }

    /// The shares of a split that was edited add up to this.
    private static let whole = 10_000

    private static func normalise(_ shares: inout [Int]) {
        let sum = max(1, shares.reduce(0, +))
        shares = shares.map { max(1, $0 * whole / sum) }
    }

    /// Moves the border behind a part of the split at `path` to a point of the screen.
    func moving(_ border: Border, to position: Int) -> Arrangement? {
        adjusting(border.path[...]) { axis, parts in
            guard axis == border.axis, parts.indices.contains(border.index + 1) else { return nil }
            var lengths = border.lengths
            guard lengths.count == parts.count else { return nil }
            let start = border.start + lengths[..<border.index].reduce(0, +)
            let both = lengths[border.index] + lengths[border.index + 1]
            let smallest = axis == .columns ? Self.smallestPane.width : Self.smallestPane.height
            guard both >= 2 * smallest else { return nil }
            let length = min(max(smallest, position - start), both - smallest)
            guard length != lengths[border.index] else { return nil }
            lengths[border.index + 1] = both - length
            lengths[border.index] = length
            return zip(parts, lengths).map { Part($0.content, share: $1) }
        }
    }

    private func adjusting(
        _ path: ArraySlice<Int>, _ change: (Axis, [Part]) -> [Part]?
    ) -> Arrangement? {
        guard case .split(let axis, var parts) = self else { return nil }
        guard let next = path.first else { return change(axis, parts).map { .split(axis, $0) } }
        guard parts.indices.contains(next), let inner = parts[next].content.adjusting(path.dropFirst(), change) else {
            return nil
        }
        parts[next].content = inner
        return .split(axis, parts)
    }
}
