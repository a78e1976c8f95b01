extension Rect {
    /// How much of the room one part of a split asks for.
    public enum Share: Hashable, Sendable {
        /// Exactly so many cells, as long as there are that many.
        case cells(Int)
        /// A part of what the fixed ones leave, in proportion to its weight, and at least `minimum` cells.
        case flexible(weight: Int = 1, minimum: Int = 0)
    }

    /// The upper `rows` rows, and the rest.
    public func splitTop(_ rows: Int) -> (top: Rect, rest: Rect) {
        let n = min(max(0, rows), height)
        return (
            Rect(x: x, y: y, width: width, height: n), Rect(x: x, y: y + n, width: width, height: height - n)
        )
    }

    /// The lower `rows` rows, and the rest.
    public func splitBottom(_ rows: Int) -> (rest: Rect, bottom: Rect) {
        let parts = splitTop(height - min(max(0, rows), height))
        return (parts.top, parts.rest)
    }

    /// The left `columns` columns, and the rest.
    public func splitLeft(_ columns: Int) -> (left: Rect, rest: Rect) {
        let n = min(max(0, columns), width)
        return (
            Rect(x: x, y: y, width: n, height: height), Rect(x: x + n, y: y, width: width - n, height: height)
        )
    }

    /// The right `columns` columns, and the rest.
    public func splitRight(_ columns: Int) -> (rest: Rect, right: Rect) {
        let parts = splitLeft(width - min(max(0, columns), width))
        return (parts.left, parts.rest)
    }

    /// Bands one below the other, one for each share; together they are never higher than this rectangle.
    public func rows(_ shares: [Share], spacing: Int = 0) -> [Rect] {
        var top = y
        return Self.measures(shares, total: height, spacing: spacing).map { length in
            defer { top += length + spacing }
            return Rect(x: x, y: min(top, bottom), width: width, height: min(length, bottom - top))
        }
    }

    /// Columns side by side, one for each share; together they are never wider than this rectangle.
    public func columns(_ shares: [Share], spacing: Int = 0) -> [Rect] {
        var left = x
        return Self.measures(shares, total: width, spacing: spacing).map { length in
            defer { left += length + spacing }
            return Rect(x: min(left, right), y: y, width: min(length, right - left), height: height)
        }
    }

    private static func measures(_ shares: [Share], total: Int, spacing: Int) -> [Int] {
        var left = total - spacing * max(0, shares.count - 1)
        var lengths = shares.map { share in
            switch share {
            case .cells(let n), .flexible(_, let n):
                let taken = max(0, min(n, left))
                left -= taken
                return taken
            }
        }
        var weight = 0
        for case .flexible(let w, _) in shares { weight += max(0, w) }
        for (i, share) in shares.enumerated() {
            guard case .flexible(let w, _) = share, weight > 0, w > 0, left > 0 else { continue }
            let extra = left * w / weight
            lengths[i] += extra
            left -= extra
            weight -= w
        }
        return lengths
    }
}
