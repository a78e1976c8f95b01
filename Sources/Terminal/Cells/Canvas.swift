/// A grid of cells to draw on: a value, compared and copied as such.
///
/// Every drawing operation is clipped to `clip`; nothing outside is ever touched and no coordinate is out of range.
public struct Canvas: Sendable, Equatable {
    /// Columns and rows.
    public let size: Size
    /// Row by row.
    var cells: [Cell]
    /// What drawing may touch now.
    public private(set) var clip: Rect

    /// Blank cells on `ground`.
    public init(size: Size, ground: Color = .default) {
        self.size = size
        clip = Rect(size)
        cells = [Cell](repeating: Cell(blank: Style(.default, on: ground)), count: size.width * size.height)
    }

    /// All of it.
    public var bounds: Rect { Rect(size) }

    /// The cell at a point; a blank outside.
    public subscript(_ point: Point) -> Cell {
        guard bounds.contains(point) else { return Cell(blank: .plain) }
        return cells[point.y * size.width + point.x]
    }

    /// Draws what `body` draws, but only inside `rect` (in this canvas's own coordinates).
    public mutating func clipped<Result>(to rect: Rect, _ body: (inout Canvas) throws -> Result) rethrows -> Result {
        let before = clip
        clip = clip.intersection(rect)
        defer { clip = before }
        return try body(&self)
    }

    /// Two canvases are equal when they show the same, whatever their clips.
    public static func == (a: Canvas, b: Canvas) -> Bool {
        a.size == b.size && a.cells == b.cells
    }

    /// Stores a cell that is known to be inside, resolves an inherited ground, and mends a wide character that it cuts.
    mutating func store(_ cell: Cell, at index: Int, column: Int) {
        let old = cells[index]
        if old.look >> 62 != 1 { mend(old, at: index, column: column) }
        var new = cell
        if new.look & Style.backgroundMask == Style.inheritedBackground {
            new.look = new.look & ~Style.backgroundMask | old.look & Style.backgroundMask
        }
        cells[index] = new
    }

    private mutating func mend(_ old: Cell, at index: Int, column: Int) {
        if old.width == 2, column + 1 < size.width {
            cells[index + 1] = Cell(blank: cells[index + 1].style)
        } else if old.width == 0, column > 0, cells[index - 1].width == 2 {
            cells[index - 1] = Cell(blank: cells[index - 1].style)
        }
    }

    mutating func combine(_ mark: Unicode.Scalar, at point: Point) {
        guard clip.contains(point) else { return }
        cells[point.y * size.width + point.x].combine(mark)
    }
}
