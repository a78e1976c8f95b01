/// What a filter can ask a table's rows for: one for each column that there is, shown or not.
struct FilterField: Sendable, Hashable {
    /// In what a value is counted, which decides how it is typed.
    enum Kind: Sendable, Hashable {
        case text
        case number
        case percent
        /// Steps of 1024 for memory, of 1000 for all else, as docker counts them.
        case bytes(step: Double)
        case seconds

        /// An example for the line that is typed.
        var example: String {
            switch self {
            case .text: "web"
            case .number: "3"
            case .percent: "50"
            case .bytes: "100m"
            case .seconds: "1h"
            }
        }

        /// What it wants, in words.
        var want: String {
            switch self {
            case .text: words("some text")
            case .number: words("a number such as 3")
            case .percent: words("a number such as 50")
            case .bytes: words("an amount such as 100m or 1.5g")
            case .seconds: words("a time such as 30s, 5m, 2h or 7d")
            }
        }

        /// Reads a figure; `nil` when it is none.
        func figure(_ text: String) -> Double? {
            switch self {
            case .text: nil
            case .number: FilterFigure.number(text)
            case .percent: FilterFigure.number(text.hasSuffix("%") ? String(text.dropLast()) : text)
            case .bytes(let step): FilterFigure.bytes(text, step: step)
            case .seconds: FilterFigure.seconds(text)
            }
        }
    }

    /// The column's identifier.
    var column: String
    /// What it is called in a filter, the first one for hints; in lower case.
    var names: [String]
    var kind: Kind
    /// In words, for hints.
    var title: String
    /// Its values change by themselves.
    var isFigure: Bool
}

/// Figures as people type them.
enum FilterFigure {
    static func number(_ text: String) -> Double? {
        // Hexadecimal, `inf` and `nan` are numbers to Swift, and nobody means them.
        guard text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2e || $0 == 0x2d }) else { return nil }
        return Double(text)
    }

    /// `512`, `100m`, `1.5GiB`, `20MB`.
    static func bytes(_ text: String, step: Double) -> Double? {
        var rest = text.lowercased()
        if rest.hasSuffix("ib") { rest = String(rest.dropLast(2)) } else if rest.hasSuffix("b") { rest.removeLast() }
        let units: [Character] = ["k", "m", "g", "t", "p"]
        guard let last = rest.last, let power = units.firstIndex(of: last) else { return number(rest) }
        guard let value = number(String(rest.dropLast())) else { return nil }
        return (0...power).reduce(value) { value, _ in value * step }
    }

    /// `90`, `30s`, `5m`, `1h30m`, `2d`, `3w`, `1y`.
    static func seconds(_ text: String) -> Double? {
        if let value = number(text) { return value }
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "y": 31_536_000]
        var sum = 0.0
        var digits = ""
        for character in text.lowercased() {
            guard let unit = units[character] else {
                digits.append(character)
                continue
            }
            guard let value = number(digits) else { return nil }
            sum += value * unit
            digits = ""
        }
        return digits.isEmpty && !text.isEmpty ? sum : nil
    }
}
