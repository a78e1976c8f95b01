/// A figure in two bytes: a logarithmic scale with one part in two thousand of error, from a thousandth to a hundred
/// tebibytes. A larger figure has a larger code, and what is missing the smallest.
enum SmallFigure {
    static let missing: UInt16 = 0
    private static let zero: UInt16 = 1
    /// The exponent of the smallest figure that is told from zero.
    private static let lowest: UInt32 = 127 - 15
    private static let droppedBits: UInt32 = 13

    /// Negative figures and no numbers are missing; too large ones become the largest.
    static func code(_ value: Float) -> UInt16 {
        guard value >= 0 else { return missing }
        guard value < .greatestFiniteMagnitude else { return .max }
        let rounded = (value.bitPattern &+ (1 << (droppedBits - 1))) >> droppedBits
        let offset = lowest << (23 - droppedBits)
        guard rounded > offset else { return zero }
        return UInt16(clamping: rounded - offset + UInt32(zero))
    }

    static func value(_ code: UInt16) -> Float {
        if code == missing { return .nan }
        if code == zero { return 0 }
        let offset = lowest << (23 - droppedBits)
        return Float(bitPattern: (UInt32(code - zero) + offset) << droppedBits)
    }
}
