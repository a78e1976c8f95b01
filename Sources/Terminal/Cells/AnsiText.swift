/// Turns coloured log text into styled spans: SGR sequences become styles, every other escape sequence vanishes, and the
/// text between them is as harmless as `SafeText` makes it when it is drawn.
public struct AnsiText: Hashable, Sendable {
    /// The style that holds now; it runs on from line to line.
    public private(set) var style: Style
    private let plain: Style

    /// A reader whose unstyled text looks like `plain`.
    public init(plain: Style = .plain) {
        self.plain = plain
        style = plain
    }

    /// The spans of one line.
    public mutating func spans(_ text: String) -> [Span] {
        guard text.utf8.contains(0x1B) else { return text.isEmpty ? [] : [Span(text, style)] }
        var spans: [Span] = []
        var rest = text.unicodeScalars[...]
        while let escape = rest.firstIndex(of: "\u{1B}") {
            append(rest[..<escape], to: &spans)
            rest = rest[rest.index(after: escape)...]
            consumeSequence(&rest)
        }
        append(rest, to: &spans)
        return spans
    }

    private func append(_ part: Substring.UnicodeScalarView, to spans: inout [Span]) {
        if !part.isEmpty { spans.append(Span(String(part), style)) }
    }

    /// Takes one sequence after ESC (ECMA-48 §5.4, §8.3.117); an unfinished one swallows the rest of the line.
    private mutating func consumeSequence(_ rest: inout Substring.UnicodeScalarView) {
        guard let kind = rest.popFirst() else { return }
        switch kind {
        case "[":
            var parameters = String.UnicodeScalarView()
            while let scalar = rest.popFirst() {
                if scalar.value >= 0x40, scalar.value <= 0x7E {
                    if scalar == "m" { apply(String(parameters)) }
                    return
                }
                if parameters.count < 64 { parameters.append(scalar) }
            }
        case "]", "P", "X", "^", "_":
            // A string: up to BEL or ESC \.
            while let scalar = rest.popFirst() {
                if scalar == "\u{07}" { return }
                if scalar == "\u{1B}" {
                    if rest.first == "\\" { rest.removeFirst() }
                    return
                }
            }
        case " "..."/":
            while let scalar = rest.popFirst(), scalar.value < 0x30 {}
        default: break
        }
    }

    private mutating func apply(_ parameters: String) {
        guard parameters.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x3B }) else { return }
        var codes = parameters.split(whereSeparator: { $0 == ";" || $0 == ":" }).map { Int($0) ?? 0 }[...]
        if codes.isEmpty { codes = [0] }
        while let code = codes.popFirst() {
            switch code {
            case 0: style = plain
            case 1: style.attributes.insert(.bold)
            case 2: style.attributes.insert(.dim)
            case 3: style.attributes.insert(.italic)
            case 4: style.attributes.insert(.underline)
            case 7: style.attributes.insert(.reverse)
            case 9: style.attributes.insert(.strike)
            case 22: style.attributes.subtract([.bold, .dim])
            case 23: style.attributes.remove(.italic)
            case 24: style.attributes.remove(.underline)
            case 27: style.attributes.remove(.reverse)
            case 29: style.attributes.remove(.strike)
            case 30...37: style.foreground = ColorDepth.paletteColor(code - 30)
            case 90...97: style.foreground = ColorDepth.paletteColor(code - 82)
            case 39: style.foreground = plain.foreground
            case 40...47: style.background = ColorDepth.paletteColor(code - 40)
            case 100...107: style.background = ColorDepth.paletteColor(code - 92)
            case 49: style.background = plain.background
            case 38: if let color = Self.extended(&codes) { style.foreground = color }
            case 48: if let color = Self.extended(&codes) { style.background = color }
            default: break
            }
        }
    }

    private static func extended(_ codes: inout ArraySlice<Int>) -> Color? {
        switch codes.popFirst() {
        case 5: return codes.popFirst().map { ColorDepth.paletteColor(min(255, max(0, $0))) }
        case 2:
            guard codes.count >= 3 else { return nil }
            let parts = codes.prefix(3).map { UInt8(min(255, max(0, $0))) }
            codes.removeFirst(3)
            return .rgb(parts[0], parts[1], parts[2])
        default: return nil
        }
    }
}
