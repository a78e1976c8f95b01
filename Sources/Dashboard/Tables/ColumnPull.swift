/// The border between two headers while the mouse holds it.
struct ColumnPull: Sendable, Hashable {
    /// The column at its left, and the one at its right that gives what that one takes.
    var left: String, right: String
    /// How wide the two were when the button went down, and where that was.
    var leftWidth: Int, rightWidth: Int
    var start: Int

    /// The widths with the pointer at a column of the screen: together what they were, so that the border stays under the
    /// pointer and no other column moves.
    func widths(at x: Int) -> (left: Int, right: Int) {
        let least = TableSettings.widths.lowerBound
        let (distance, overflow) = x.subtractingReportingOverflow(start)
        let wanted = overflow ? 0 : min(max(distance, least - leftWidth), rightWidth - least)
        // Two columns that are narrower than a person may make them stay as they are.
        let step = leftWidth + rightWidth < 2 * least ? 0 : wanted
        return (leftWidth + step, rightWidth - step)
    }
}
