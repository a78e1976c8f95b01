/// A cursor in a list, and the part of the list in view.
public struct ListWindow: Hashable, Sendable {
    /// Entries in the list.
    public private(set) var count: Int
    /// The entry under the cursor; 0 in an empty list.
    public private(set) var selected: Int
    /// The first entry in view.
    public private(set) var offset: Int
    /// Entries in view.
    public private(set) var height: Int

    /// A window onto a list.
    public init(count: Int = 0, selected: Int = 0, offset: Int = 0, height: Int = 1) {
        self.count = max(0, count)
        self.selected = selected
        self.offset = offset
        self.height = max(1, height)
        settle()
        reveal()
    }

    /// Follows the list's length and the pane's height; the cursor stays inside and in view.
    public mutating func fit(count: Int, height: Int) {
        self.count = max(0, count)
        self.height = max(1, height)
        settle()
        reveal()
    }

    /// Moves the cursor to an entry, clamped.
    public mutating func select(_ index: Int) {
        selected = index
        settle()
        reveal()
    }

    /// Moves the cursor by some entries, clamped.
    public mutating func move(by delta: Int) {
        let target = selected.addingReportingOverflow(delta)
        select(target.overflow ? (delta > 0 ? count - 1 : 0) : target.partialValue)
    }

    /// Moves the view by some entries; the cursor is dragged along at its edges.
    public mutating func scroll(by delta: Int) {
        let target = offset.addingReportingOverflow(delta)
        offset = target.overflow ? (delta > 0 ? count : 0) : target.partialValue
        settle()
        selected = min(max(selected, offset), max(offset, offset + height - 1))
        settle()
    }

    private mutating func settle() {
        selected = max(0, min(selected, count - 1))
        offset = max(0, min(offset, count - height))
    }

    private mutating func reveal() {
        if selected < offset { offset = selected }
        if selected >= offset + height { offset = selected - height + 1 }
        offset = max(0, offset)
    }
}
