/// Rows that are being marked from one row to the cursor.
struct MarkRange<ID: Hashable & Sendable>: Sendable, Hashable {
    /// Where it began.
    var anchor: ID
    /// What was marked before.
    var before: Set<ID>
    /// It goes on with every step; otherwise only with those that are asked to.
    var isHeld: Bool
}

extension Listing {
    mutating func toggleMark() {
        range = nil
        guard let id = selectedID else { return }
        if marks.remove(id) == nil { marks.insert(id) }
    }

    mutating func toggleMark(_ id: Row.ID) {
        range = nil
        if marks.remove(id) == nil { marks.insert(id) }
    }

    mutating func markAll() {
        range = nil
        marks = Set(rows.map(\.id))
    }

    mutating func unmark() {
        range = nil
        marks = []
    }

    /// From here on every step marks, until it is asked again.
    mutating func toggleRange() {
        guard range == nil, let id = selectedID else {
            range = nil
            return
        }
        range = MarkRange(anchor: id, before: marks, isHeld: true)
        followRange()
    }

    /// One step that marks what lies between.
    mutating func extend(_ step: Int) {
        guard let id = selectedID else { return }
        let begun = range ?? MarkRange(anchor: id, before: marks, isHeld: false)
        range = nil
        move(step)
        range = begun
        markRange()
    }

    /// Marks from the cursor, or from where a range began, to a row.
    mutating func extend(to id: Row.ID) {
        guard let from = selectedID else { return }
        let begun = range ?? MarkRange(anchor: from, before: marks, isHeld: false)
        range = nil
        select(id)
        range = begun
        markRange()
    }

    /// After a step: a held range follows, another one has ended.
    mutating func followRange() {
        if range?.isHeld == true { markRange() } else { range = nil }
    }

    private mutating func markRange() {
        guard let range, let anchor = rows.firstIndex(where: { $0.id == range.anchor }) else {
            self.range = nil
            return
        }
        marks = range.before.union(rows[min(anchor, index)...max(anchor, index)].map(\.id))
    }
}
