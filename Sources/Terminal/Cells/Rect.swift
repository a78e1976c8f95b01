/// A rectangle of cells. Every operation clamps: no rectangle has a negative measure.
public struct Rect: Hashable, Sendable {
    /// Left column.
    public var x: Int
    /// Top row.
    public var y: Int
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int

    /// A rectangle from its corner and measures; negative measures count as zero.
    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = max(0, width)
        self.height = max(0, height)
    }

    /// The rectangle that a whole canvas of `size` covers.
    public init(_ size: Size) {
        self.init(x: 0, y: 0, width: size.width, height: size.height)
    }

    /// A rectangle without cells.
    public static let zero = Rect(x: 0, y: 0, width: 0, height: 0)

    /// The first column to the right of it.
    public var right: Int { x + width }
    /// The first row below it.
    public var bottom: Int { y + height }
    /// Its top left cell.
    public var origin: Point { Point(x: x, y: y) }
    /// Its measures.
    public var size: Size { Size(width: width, height: height) }
    /// Whether it has no cell.
    public var isEmpty: Bool { width <= 0 || height <= 0 }

    /// Whether `point` lies inside.
    public func contains(_ point: Point) -> Bool {
        point.x >= x && point.x < right && point.y >= y && point.y < bottom
    }

    /// What both rectangles cover.
    public func intersection(_ other: Rect) -> Rect {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return Rect(
            x: left, y: top, width: min(right, other.right) - left, height: min(bottom, other.bottom) - top)
    }

    /// The rectangle without `horizontal` columns at either side and `vertical` rows at top and bottom.
    public func inset(horizontal: Int = 1, vertical: Int = 1) -> Rect {
        let dx = min(horizontal, width / 2 + width % 2)
        let dy = min(vertical, height / 2 + height % 2)
        return Rect(x: x + dx, y: y + dy, width: width - 2 * horizontal, height: height - 2 * vertical)
    }

    /// The same measures, moved.
    public func offset(x dx: Int = 0, y dy: Int = 0) -> Rect {
        Rect(x: x + dx, y: y + dy, width: width, height: height)
    }

    /// One row of it, counted from its top; empty when there is no such row.
    public func row(_ index: Int) -> Rect {
        guard index >= 0, index < height else { return Rect(x: x, y: y, width: 0, height: 0) }
        return Rect(x: x, y: y + index, width: width, height: 1)
    }

    /// A rectangle of `size` (clamped to this one) in its middle.
    public func centered(_ size: Size) -> Rect {
        let w = min(width, size.width)
        let h = min(height, size.height)
        return Rect(x: x + (width - w) / 2, y: y + (height - h) / 2, width: w, height: h)
    }
}
