extension Cell {
    /// A cell of another program's screen, made harmless as `SafeText` does it.
    ///
    /// - Parameters:
    ///   - base: its character; a control or half of a wide character becomes a blank or a picture.
    ///   - marks: combining marks; others are dropped.
    ///   - width: the columns that the other program's terminal gives it: a character that is wider than that becomes a
    ///     blank, so that no line is ever shifted. 0 is the right half of a wide character.
    public init(foreign base: UInt32, marks: (UInt32, UInt32) = (0, 0), style: Style, width: Int) {
        if base >= 0x20, base < 0x7F, width == 1, marks.0 == 0 {
            self.init(Unicode.Scalar(UInt8(truncatingIfNeeded: base)), style)
            return
        }
        guard width > 0 else {
            self = .continuation(style)
            return
        }
        let scalar = base == 0 ? " " : Unicode.Scalar(base) ?? "\u{FFFD}"
        switch CharacterClass(scalar) {
        case .narrow: self.init(scalar, style, width: width == 2 ? 2 : 1)
        case .wide, .modifier: self.init(width == 2 ? scalar : " ", style, width: width == 2 ? 2 : 1)
        case .shownAs(let picture): self.init(picture, style)
        case .combining:
            self.init(" ", style)
            combine(scalar)
        case .tab, .dropped, .joiner: self.init(" ", style)
        }
        for mark in [marks.0, marks.1] where mark != 0 {
            guard let mark = Unicode.Scalar(mark), CharacterClass(mark) == .combining else { continue }
            combine(mark)
        }
    }

    /// A blank without colours of its own: what a line ends with when nothing was written there.
    public var isBlank: Bool {
        glyph == 0x20 && width == 1 && style.background == .default && style.attributes.isDisjoint(with: .visible)
    }
}

extension Attributes {
    /// Those that show on a blank.
    fileprivate static let visible: Attributes = [.underline, .reverse, .strike]
}

extension SafeText {
    /// How a scalar takes its place on another program's screen.
    public enum Place: Hashable, Sendable {
        /// Columns of its own.
        case columns(Int)
        /// On the character before it.
        case mark
        /// None.
        case none
    }

    /// How many columns a scalar takes there, after the rules that programs go by (wcwidth): joined pictures stay apart.
    public static func place(of scalar: Unicode.Scalar) -> Place {
        switch CharacterClass(scalar) {
        case .narrow, .shownAs: .columns(1)
        case .wide, .modifier: .columns(2)
        case .combining: .mark
        case .tab, .joiner, .dropped: .none
        }
    }
}

extension Canvas {
    /// Sets a finished cell; a wide one whose right half would lie outside becomes a blank.
    public mutating func set(_ cell: Cell, at point: Point) {
        guard clip.contains(point), cell.width > 0 else { return }
        let index = point.y * size.width + point.x
        guard cell.width == 2 else { return store(cell, at: index, column: point.x) }
        guard clip.contains(Point(x: point.x + 1, y: point.y)) else {
            return store(Cell(blank: cell.style), at: index, column: point.x)
        }
        store(Cell.continuation(cell.style), at: index + 1, column: point.x + 1)
        store(cell, at: index, column: point.x)
    }
}
