/// The characters of partly filled cells.
enum GraphGlyphs {
    /// The character for a cell filled to `first` (and `second`, in braille's right half) steps.
    static func scalar(_ kind: GraphKind, _ first: Int, _ second: Int, hangs: Bool) -> Unicode.Scalar {
        switch kind {
        case .braille: braille(first, second, hangs: hangs)
        case .block: block(first, hangs: hangs)
        case .ascii: ascii(first, hangs: hangs)
        }
    }

    /// Dots of the left column from the bottom up; the right column's are found by `rightDots`.
    private static let leftDots: [UInt32] = [0x40, 0x04, 0x02, 0x01]
    private static let rightDots: [UInt32] = [0x80, 0x20, 0x10, 0x08]

    private static func braille(_ left: Int, _ right: Int, hangs: Bool) -> Unicode.Scalar {
        var bits: UInt32 = 0
        for step in 0..<4 {
            let dot = hangs ? 3 - step : step
            if left > step { bits |= leftDots[dot] }
            if right > step { bits |= rightDots[dot] }
        }
        return Unicode.Scalar(0x2800 + bits) ?? " "
    }

    /// Braille dots from bits: two a row, left and right, from the lowest row up.
    static func dots(_ bits: UInt8) -> Unicode.Scalar {
        var pattern: UInt32 = 0
        for step in 0..<4 {
            if bits >> UInt8(step * 2) & 1 != 0 { pattern |= leftDots[step] }
            if bits >> UInt8(step * 2 + 1) & 1 != 0 { pattern |= rightDots[step] }
        }
        return Unicode.Scalar(0x2800 + pattern) ?? " "
    }

    private static func block(_ level: Int, hangs: Bool) -> Unicode.Scalar {
        let eighths = UInt32(min(8, max(1, level)))
        if !hangs { return Unicode.Scalar(0x2580 + eighths) ?? "█" }
        // Unicode has only these upper parts.
        return eighths >= 7 ? "█" : eighths >= 3 ? "▀" : "▔"
    }

    private static func ascii(_ level: Int, hangs: Bool) -> Unicode.Scalar {
        switch level {
        case ...1: hangs ? "'" : "."
        case 2: hangs ? "\"" : ":"
        default: "#"
        }
    }

    /// One-cell bars for sparklines in ASCII.
    static let asciiRamp: [Unicode.Scalar] = ["_", ".", "-", "=", "+", "*", "%", "#"]
}
