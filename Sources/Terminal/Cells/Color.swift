/// What colour a cell's text or ground has, independent of what the terminal can show.
public enum Color: Hashable, Sendable {
    /// The terminal's own colour.
    case `default`
    /// Whatever is there already: text drawn on this ground leaves the ground beneath it alone. A cell of a finished
    /// frame never has it; as a foreground it means `default`.
    case inherit
    /// Red, green, blue in sRGB.
    case rgb(UInt8, UInt8, UInt8)

    /// A colour from `0xRRGGBB`.
    public init(hex: UInt32) {
        self = .rgb(
            UInt8(truncatingIfNeeded: hex >> 16), UInt8(truncatingIfNeeded: hex >> 8), UInt8(truncatingIfNeeded: hex))
    }

    /// `fraction` (0 … 1, clamped) of the way to `other`; a colour that is not RGB gives way to the nearer of the two.
    public func mixed(with other: Color, _ fraction: Double) -> Color {
        let t = min(1, max(0, fraction.isNaN ? 0 : fraction))
        guard case .rgb(let r, let g, let b) = self, case .rgb(let r2, let g2, let b2) = other else {
            return t < 0.5 ? self : other
        }
        func blend(_ a: UInt8, _ b: UInt8) -> UInt8 {
            UInt8(max(0, min(255, (Double(a) + (Double(b) - Double(a)) * t).rounded())))
        }
        return .rgb(blend(r, r2), blend(g, g2), blend(b, b2))
    }

    /// 26 bits: two for the kind, 24 for the components.
    var packed: UInt64 {
        switch self {
        case .default: 0
        case .inherit: 1 << 24
        case .rgb(let r, let g, let b): 2 << 24 | UInt64(r) << 16 | UInt64(g) << 8 | UInt64(b)
        }
    }

    init(packed: UInt64) {
        switch packed >> 24 & 3 {
        case 0: self = .default
        case 1: self = .inherit
        default: self.init(hex: UInt32(packed & 0xFFFFFF))
        }
    }
}
