/// How many colours the terminal can show, and how ours come down to them.
public enum ColorDepth: String, CaseIterable, Hashable, Sendable {
    /// None: attributes alone.
    case none
    /// The eight of ECMA-48, and sixteen with their bright sisters.
    case eight, sixteen
    /// xterm's 256: sixteen, a cube of 6×6×6, 24 greys.
    case indexed
    /// Red, green and blue in eight bits each.
    case direct

    /// What a terminal can do, told from its description and the environment's words.
    ///
    /// - Parameters:
    ///   - colors: terminfo's `colors`.
    ///   - hasRGB: terminfo's extended `RGB`.
    ///   - colorTerm: `$COLORTERM`.
    ///   - noColor: whether `$NO_COLOR` is set and not empty (no-color.org).
    public static func detect(colors: Int, hasRGB: Bool, colorTerm: String?, noColor: Bool) -> ColorDepth {
        if noColor || colors < 8 { return .none }
        if hasRGB || colors > 256 { return .direct }
        if let colorTerm, colorTerm == "truecolor" || colorTerm == "24bit", colors >= 256 { return .direct }
        if colors >= 256 { return .indexed }
        return colors >= 16 ? .sixteen : .eight
    }

    /// The palette's number for a colour; nil for the terminal's own. In `.direct` it is `0xRRGGBB`.
    public func index(_ color: Color) -> Int? {
        guard case .rgb(let r, let g, let b) = color else { return nil }
        switch self {
        case .none: return nil
        case .direct: return Int(r) << 16 | Int(g) << 8 | Int(b)
        case .indexed, .sixteen, .eight: break
        }
        // A named colour stays the terminal's own one of that name.
        if let number = Self.named.firstIndex(of: UInt32(r) << 16 | UInt32(g) << 8 | UInt32(b)) {
            return self == .eight ? number % 8 : number
        }
        switch self {
        case .sixteen: return Self.nearestBasic(Int(r), Int(g), Int(b), count: 16)
        case .eight: return Self.nearestBasic(Int(r), Int(g), Int(b), count: 8)
        default: return Self.nearestIndexed(Int(r), Int(g), Int(b))
        }
    }

    /// The numbers for text on a ground, -1 for the terminal's own: two different colours that come down to one number are
    /// told apart again, so that text stays readable where there are few.
    public func pair(_ style: Style) -> (foreground: Int, background: Int) {
        let foreground = index(style.foreground) ?? -1
        let background = index(style.background) ?? -1
        guard self == .eight || self == .sixteen, foreground == background, foreground >= 0,
            style.foreground != style.background
        else { return (foreground, background) }
        let isLight = background == 7 || background >= 10
        return (isLight ? 0 : 7, background)
    }

    /// The colour of a number from 0 to 255, the nearest end outside: sixteen calm ones, then xterm's cube and greys.
    public static func paletteColor(_ index: Int) -> Color {
        switch index {
        case ...15: return Color(hex: named[max(0, index)])
        case 16...231:
            let i = index - 16
            return .rgb(UInt8(cube[i / 36]), UInt8(cube[i / 6 % 6]), UInt8(cube[i % 6]))
        default:
            let grey = UInt8(8 + 10 * (min(255, index) - 232))
            return .rgb(grey, grey, grey)
        }
    }

    private static let cube = [0, 95, 135, 175, 215, 255]

    /// What programs that ask for red mean on a ground that is neither black nor white.
    private static let named: [UInt32] = [
        0x10181F, 0xF0646E, 0x4FC878, 0xE3B341, 0x5C9DF5, 0xC98AEC, 0x49C3CF, 0xD5DEE6, 0x8294A4, 0xFF8C94, 0x78E59C,
        0xF7D774, 0x8FBEFF, 0xE0B0FA, 0x7FE6EF, 0xFCFDFE,
    ]

    /// xterm's, for what is nearest.
    private static let basic: [UInt32] = [
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5, 0x7F7F7F, 0xFF0000, 0x00FF00,
        0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ]

    private static func nearestIndexed(_ r: Int, _ g: Int, _ b: Int) -> Int {
        func step(_ value: Int) -> Int {
            cube.indices.min { abs(cube[$0] - value) < abs(cube[$1] - value) } ?? 0
        }
        let (i, j, k) = (step(r), step(g), step(b))
        let inCube = distance(r, g, b, cube[i], cube[j], cube[k])
        // A grey may be nearer in numbers, but deep water must stay blue.
        guard max(r, g, b) - min(r, g, b) <= 32 else { return 16 + 36 * i + 6 * j + k }
        let grey = max(0, min(23, ((r + g + b) / 3 - 3) / 10))
        let level = 8 + 10 * grey
        return distance(r, g, b, level, level, level) < inCube ? 232 + grey : 16 + 36 * i + 6 * j + k
    }

    private static func nearestBasic(_ r: Int, _ g: Int, _ b: Int, count: Int) -> Int {
        let (high, low) = (max(r, g, b), min(r, g, b))
        // Dark water is black rather than grey, and a bright accent keeps its hue, whatever the numbers say.
        if high < 0x80, high - low > 40 { return 0 }
        if high >= 0xA0, high - low > 90 { return hue(r, g, b) + (count > 8 && high >= 0xC0 ? 8 : 0) }
        var best = (index: 7, score: Int.max)
        for (index, entry) in basic.prefix(count).enumerated() {
            let score = distance(r, g, b, Int(entry >> 16), Int(entry >> 8 & 255), Int(entry & 255))
            if score < best.score { best = (index, score) }
        }
        return best.index
    }

    /// Which of red, yellow, green, cyan, blue and magenta it is a kind of. Orange counts as yellow, so that a warning does
    /// not look like an error.
    private static func hue(_ r: Int, _ g: Int, _ b: Int) -> Int {
        let (high, low) = (max(r, g, b), min(r, g, b))
        let range = max(1, high - low)
        let degrees: Int
        if high == r {
            degrees = (360 + 60 * (g - b) / range) % 360
        } else {
            degrees = high == g ? 120 + 60 * (b - r) / range : 240 + 60 * (r - g) / range
        }
        switch degrees {
        case ..<20: return 1
        case ..<75: return 3
        case ..<160: return 2
        case ..<210: return 6
        case ..<265: return 4
        case ..<330: return 5
        default: return 1
        }
    }

    /// The "redmean" distance (Riemersma, compuphase.com/cmetric): near to what eyes see, in whole numbers.
    private static func distance(_ r: Int, _ g: Int, _ b: Int, _ r2: Int, _ g2: Int, _ b2: Int) -> Int {
        let mean = (r + r2) / 2
        let (dr, dg, db) = (r - r2, g - g2, b - b2)
        return ((512 + mean) * dr * dr) / 256 + 4 * dg * dg + ((767 - mean) * db * db) / 256
    }
}
