import Search
import Terminal

/// A rule: what of a line has the pattern is drawn in the role's colour.
struct LogHighlight: Sendable, Hashable {
    /// A regular expression.
    var pattern: String
    /// The role whose colour it gets.
    var role: Role
    var ignoresCase = false
    /// The whole line gets it.
    var isWholeLine = false
    /// Where it was written.
    var place = ""

    init(pattern: String, role: Role) {
        self.pattern = pattern
        self.role = role
        ignoresCase = true
    }

    init(_ setting: HighlightSetting) {
        pattern = setting.pattern
        role = setting.role
        ignoresCase = setting.ignoresCase
        isWholeLine = setting.isWholeLine
        place = setting.place
    }

    /// What most programs call their troubles.
    static let standard = [
        LogHighlight(
            pattern: #"\b(?:error|err|fatal|panic|critical|exception|failed|failure)\b"#, role: .error),
        LogHighlight(pattern: #"\b(?:warn|warning|deprecated)\b"#, role: .warning),
    ]
}

/// Rules that are ready to be applied.
struct LogHighlighter: Sendable {
    static let standard = LogHighlighter(LogHighlight.standard)

    private let rules: [(expression: RegularExpression, rule: LogHighlight)]
    /// What is wrong with rules that are left out.
    let problems: [String]

    init(_ rules: [LogHighlight]) {
        var ready: [(RegularExpression, LogHighlight)] = []
        var problems: [String] = []
        for rule in rules {
            do throws(PatternError) {
                ready.append((try RegularExpression(rule.pattern, ignoringCase: rule.ignoresCase), rule))
            } catch {
                let place = rule.place.isEmpty ? "" : rule.place + ": "
                problems.append("\(place)highlights: \"\(rule.pattern)\" is no pattern: \(error)")
            }
        }
        self.rules = ready
        self.problems = problems
    }

    /// Colours what the rules find; a program's own colours stay.
    func apply(to glyphs: inout [LogText.Styled], plain: Style, _ look: Look) {
        guard !rules.isEmpty else { return }
        let text = LogGlyphText(glyphs)
        for (expression, rule) in rules {
            var ranges = text.ranges(expression)
            if rule.isWholeLine, !ranges.isEmpty { ranges = [0..<glyphs.count] }
            for range in ranges {
                for index in range where glyphs[index].style == plain || rule.place != "" {
                    glyphs[index].style.foreground = look[rule.role].foreground
                    glyphs[index].style.attributes.formUnion(look[rule.role].attributes)
                }
            }
        }
    }
}

/// The text of visible characters, and which character each of its bytes belongs to.
struct LogGlyphText {
    private var bytes: [UInt8] = []
    private var owners: [Int] = []

    /// What is far to the right is not seen; a line of a megabyte is not searched for each frame.
    private static let limit = 8 << 10

    init(_ glyphs: [LogText.Styled]) {
        bytes.reserveCapacity(min(glyphs.count, Self.limit))
        for (index, item) in glyphs.enumerated() {
            guard bytes.count < Self.limit else { break }
            for scalar in [item.glyph.base, item.glyph.firstMark, item.glyph.secondMark].compactMap({ $0 }) {
                for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                    bytes.append(byte)
                    owners.append(index)
                }
            }
        }
    }

    /// Where matches are, in characters.
    func ranges(_ expression: RegularExpression) -> [Range<Int>] {
        expression.ranges(in: bytes, limit: 200, steps: 5000).compactMap { range in
            guard let first = owners.indices.contains(range.lowerBound) ? owners[range.lowerBound] : nil,
                let last = owners.indices.contains(range.upperBound - 1) ? owners[range.upperBound - 1] : nil
            else { return nil }
            return first..<(last + 1)
        }
    }
}
