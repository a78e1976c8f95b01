/// The characters that frames, graphs and marks are made of: one set for UTF-8 terminals, one in ASCII.
public struct Glyphs: Hashable, Sendable {
    /// Whether only ASCII may be drawn.
    public var isASCII: Bool
    /// A frame's edges.
    public var horizontal: Unicode.Scalar, vertical: Unicode.Scalar
    /// A frame's corners.
    public var topLeft: Unicode.Scalar, topRight: Unicode.Scalar, bottomLeft: Unicode.Scalar,
        bottomRight: Unicode.Scalar
    /// Junctions: an edge that branches off to the right, left, down, up, and a crossing.
    public var teeRight: Unicode.Scalar, teeLeft: Unicode.Scalar, teeDown: Unicode.Scalar, teeUp: Unicode.Scalar,
        cross: Unicode.Scalar
    /// Marks of the sort order.
    public var ascending: Unicode.Scalar, descending: Unicode.Scalar
    /// States and marks: a running thing, a stopped one, a paused one, a marked row, a cut.
    public var dot: Unicode.Scalar, ring: Unicode.Scalar, pause: Unicode.Scalar, mark: Unicode.Scalar,
        ellipsis: Unicode.Scalar
    /// The cursor of a list, and the one of a text line.
    public var pointer: Unicode.Scalar, caret: Unicode.Scalar
    /// Between two hints.
    public var separator: Unicode.Scalar
    /// A scrollbar's rail and thumb.
    public var rail: Unicode.Scalar, thumb: Unicode.Scalar
    /// Filled and empty parts of a meter.
    public var full: Unicode.Scalar, empty: Unicode.Scalar
    /// Directions.
    public var up: Unicode.Scalar, down: Unicode.Scalar, left: Unicode.Scalar, right: Unicode.Scalar
    /// Bubbles by size.
    public var bubbles: [Unicode.Scalar]

    /// Rounded frames, braille, blocks.
    public static let unicode = Glyphs(
        isASCII: false, horizontal: "─", vertical: "│", topLeft: "╭", topRight: "╮", bottomLeft: "╰",
        bottomRight: "╯", teeRight: "├", teeLeft: "┤", teeDown: "┬", teeUp: "┴", cross: "┼", ascending: "▲",
        descending: "▼", dot: "●", ring: "○", pause: "‖", mark: "✓", ellipsis: "…", pointer: "▌", caret: "▏",
        separator: "·", rail: "│", thumb: "┃", full: "━", empty: "─", up: "↑", down: "↓", left: "←", right: "→",
        bubbles: ["·", "∘", "°", "o", "○", "◯"])

    /// Only characters that any terminal has.
    public static let ascii = Glyphs(
        isASCII: true, horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+",
        bottomRight: "+", teeRight: "+", teeLeft: "+", teeDown: "+", teeUp: "+", cross: "+", ascending: "^",
        descending: "v", dot: "*", ring: "o", pause: "=", mark: "x", ellipsis: "~", pointer: ">", caret: "_",
        separator: "-", rail: ":", thumb: "#", full: "=", empty: "-", up: "^", down: "v", left: "<", right: ">",
        bubbles: [".", ".", "o", "o", "O", "O"])

    /// The set for a locale's character encoding (`nl_langinfo(CODESET)`).
    public static func forCodeset(_ codeset: String) -> Glyphs {
        let name = codeset.lowercased().filter { $0 != "-" }
        return name == "utf8" ? .unicode : .ascii
    }
}
