/// Colours and attributes of a piece of text, in eight bytes.
public struct Style: Hashable, Sendable {
    /// Foreground in bits 0 to 25, background in 26 to 51, attributes in 52 to 57. The rest is the cell's.
    var bits: UInt64

    /// Text in `foreground`; without a `background` it leaves the ground as it is.
    public init(_ foreground: Color = .default, on background: Color = .inherit, _ attributes: Attributes = []) {
        bits = foreground.packed | background.packed << 26 | UInt64(attributes.rawValue) << 52
    }

    init(bits: UInt64) { self.bits = bits }

    /// The terminal's own colours, on whatever ground is there.
    public static let plain = Style()

    /// The text's colour.
    public var foreground: Color {
        get { Color(packed: bits & 0x3FF_FFFF) }
        set { bits = bits & ~0x3FF_FFFF | newValue.packed }
    }

    /// The ground's colour.
    public var background: Color {
        get { Color(packed: bits >> 26 & 0x3FF_FFFF) }
        set { bits = bits & ~(0x3FF_FFFF << 26) | newValue.packed << 26 }
    }

    /// Bold, underlined and so on.
    public var attributes: Attributes {
        get { Attributes(rawValue: UInt8(truncatingIfNeeded: bits >> 52 & 0x3F)) }
        set { bits = bits & ~(0x3F << 52) | UInt64(newValue.rawValue) << 52 }
    }

    /// The same with further attributes.
    public func with(_ attributes: Attributes) -> Style {
        Style(bits: bits | UInt64(attributes.rawValue) << 52)
    }

    /// The same on another ground.
    public func on(_ background: Color) -> Style {
        var copy = self
        copy.background = background
        return copy
    }

    /// The same in another colour.
    public func colored(_ foreground: Color) -> Style {
        var copy = self
        copy.foreground = foreground
        return copy
    }

    static let backgroundMask: UInt64 = 0x3FF_FFFF << 26
    static let inheritedBackground: UInt64 = 1 << 50
}
