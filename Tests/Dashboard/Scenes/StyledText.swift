import Terminal

/// A canvas's styles as a terminal of some colour depth gets them, short enough to be kept and plain enough to be read:
/// runs such as `c12` (twelve cells of style c) row by row, `=` for a row like the one above, then what each letter means.
struct StyledText {
    private(set) var text = ""
    private var letters: [String: String] = [:]
    private var meanings: [String] = []

    init(_ canvas: Canvas, _ depth: ColorDepth) {
        var above = ""
        for y in 0..<canvas.size.height {
            let row = runs(canvas, y, depth)
            text += (row == above ? "=" : row) + "\n"
            above = row
        }
        text += meanings.joined(separator: "\n") + "\n"
    }

    private mutating func runs(_ canvas: Canvas, _ y: Int, _ depth: ColorDepth) -> String {
        var runs: [(letter: String, count: Int)] = []
        for x in 0..<canvas.size.width {
            let cell = canvas[Point(x: x, y: y)]
            let letter = letter(Self.meaning(cell.style, depth, isBlank: cell.base == " "))
            if let last = runs.indices.last, runs[last].letter == letter {
                runs[last].count += 1
            } else {
                runs.append((letter, 1))
            }
        }
        return runs.map { "\($0.letter)\($0.count)" }.joined(separator: " ")
    }

    private mutating func letter(_ meaning: String) -> String {
        if let known = letters[meaning] { return known }
        var number = letters.count
        var letter = ""
        repeat {
            letter = String(UnicodeScalar(UInt8(97 + number % 26))) + letter
            number = number / 26 - 1
        } while number >= 0
        letters[meaning] = letter
        meanings.append("\(letter) \(meaning)")
        return letter
    }

    /// `bold underline 203 on 17`; a blank's own colour shows nowhere unless it is underlined or reversed.
    private static func meaning(_ style: Style, _ depth: ColorDepth, isBlank: Bool) -> String {
        let names: [(Attributes, String)] = [
            (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"), (.reverse, "reverse"),
            (.strike, "strike"),
        ]
        let shows: Attributes = [.underline, .reverse, .strike]
        let isInvisible = isBlank && style.attributes.isDisjoint(with: shows)
        var words = isInvisible ? [] : names.filter { style.attributes.contains($0.0) }.map(\.1)
        let colors = depth.pair(style)
        if colors.foreground >= 0, !isInvisible { words.append(number(colors.foreground, depth)) }
        if colors.background >= 0 { words += ["on", number(colors.background, depth)] }
        return words.isEmpty ? "plain" : words.joined(separator: " ")
    }

    private static func number(_ index: Int, _ depth: ColorDepth) -> String {
        guard depth == .direct else { return String(index) }
        let digits = String(index, radix: 16)
        return "#" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}
