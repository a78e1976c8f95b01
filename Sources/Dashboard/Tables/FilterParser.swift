import Search

/// Reads what is typed after `/` on a table.
///
///     web              a part of a name, an image, a state …; a capital letter makes case count
///     "two words"      blanks and signs as they are
///     !web             rows that do not match
///     -f wbp           letters in this order, anything between them; the best come first
///     -l app=shop      a label, with or without a value; != for any other value
///     -n front         a network; -v data: a volume
///     cpu>50 age<1h    figures of columns; < <= > >= = !=
///     image:nginx      a part of one column; = and != for the whole of it; none for what has nothing
///     ~^web-[0-9]+$    a regular expression, also as /web-[0-9]+ x/; image~alpine for one column
///     a b              both; a or b, a | b: one of them
///
/// What is not finished yet asks for nothing, so that rows do not flicker while it is typed.
struct FilterParser {
    private let characters: [Character]
    private var place = 0
    private let fields: [FilterField]

    private init(_ text: String, fields: [FilterField]) {
        characters = Array(text)
        self.fields = fields
    }

    static func parse(_ text: String, fields: [FilterField]) -> Result<RowFilter, RowFilter.Problem> {
        var parser = FilterParser(text, fields: fields)
        do throws(RowFilter.Problem) { return .success(try parser.filter(text)) } catch { return .failure(error) }
    }

    private mutating func filter(_ text: String) throws(RowFilter.Problem) -> RowFilter {
        var alternatives: [[RowFilter.Term]] = [[]]
        while skipBlanks() {
            if characters[place] == "|" || isOr(alternatives) {
                place += characters[place] == "|" ? 1 : 2
                alternatives.append([])
            } else if let term = try term() {
                alternatives[alternatives.count - 1].append(term)
            }
        }
        alternatives.removeAll(where: \.isEmpty)
        let figures = Set(fields.lazy.filter(\.isFigure).map(\.column))
        let followsFigures = alternatives.joined().contains { term in
            switch term.test {
            case .figure(let column, _, _), .words(let column, _, _), .wordsPattern(let column, _):
                figures.contains(column)
            default: false
            }
        }
        return RowFilter(text: text, alternatives: alternatives, followsFigures: followsFigures)
    }

    // MARK: Words

    /// Whether there is anything left.
    private mutating func skipBlanks() -> Bool {
        while place < characters.count, characters[place] == " " { place += 1 }
        return place < characters.count
    }

    /// `or` between two terms; anywhere else it is a word like others.
    private func isOr(_ alternatives: [[RowFilter.Term]]) -> Bool {
        guard alternatives.last?.isEmpty == false, place + 2 < characters.count else { return false }
        return String(characters[place..<(place + 2)]).lowercased() == "or" && characters[place + 2] == " "
    }

    /// Up to a blank or a bar; quotes keep both together.
    private mutating func word(endsAtBar: Bool = true) -> String {
        var text = ""
        var isQuoted = false
        while place < characters.count {
            let character = characters[place]
            if !isQuoted, character == " " || endsAtBar && character == "|" { break }
            if character == "\"" { isQuoted.toggle() } else { text.append(character) }
            place += 1
        }
        return text
    }

    // MARK: Terms

    /// The term that begins here; `nil` while it asks for nothing yet.
    private mutating func term() throws(RowFilter.Problem) -> RowFilter.Term? {
        var isInverse = false
        while place < characters.count, characters[place] == "!" {
            isInverse.toggle()
            place += 1
            guard skipBlanks() else { return nil }
        }
        return try test().map { RowFilter.Term(test: $0, isInverse: isInverse) }
    }

    private mutating func test() throws(RowFilter.Problem) -> RowFilter.Test? {
        switch characters[place] {
        case "~":
            place += 1
            let start = place
            return try pattern(word(endsAtBar: false), at: start).map { .pattern($0) }
        case "/":
            place += 1
            let start = place
            return try pattern(untilSlash(), at: start).map { .pattern($0) }
        case "-": if let test = try flag() { return test.0 }
        case "\"":
            let text = word()
            return text.isEmpty ? nil : .text(TextNeedle(text))
        default: break
        }
        let start = place
        if let field = try field() { return field.0 }
        place = start
        let text = word()
        return text.isEmpty ? nil : .text(TextNeedle(text))
    }

    /// To the next slash that is none of the expression's own, or to the end.
    private mutating func untilSlash() -> String {
        var text = ""
        while place < characters.count, characters[place] != "/" {
            if characters[place] == "\\", place + 1 < characters.count, characters[place + 1] == "/" { place += 1 }
            text.append(characters[place])
            place += 1
        }
        place = min(place + 1, characters.count)
        return text
    }

    private func pattern(_ text: String, at start: Int) throws(RowFilter.Problem) -> RegularExpression? {
        guard !text.isEmpty else { return nil }
        do throws(PatternError) {
            return try RegularExpression(text, ignoringCase: !Self.hasCapital(text))
        } catch {
            // What is noticed behind the last character is missing there.
            let place = start + min(max(0, error.position), text.count)
            throw RowFilter.Problem(
                text: words("in the regular expression: \(error.reason)"), place: place..<(place + 1))
        }
    }

    /// A capital letter that is no part of `\\S` and its kin.
    private static func hasCapital(_ pattern: String) -> Bool {
        var isEscaped = false
        for character in pattern {
            if character.isUppercase, !isEscaped { return true }
            isEscaped = character == "\\" && !isEscaped
        }
        return false
    }

    /// `-f`, `-n` and `-v` with the word that follows.
    private mutating func flag() throws(RowFilter.Problem) -> (RowFilter.Test?, Void)? {
        guard place + 1 < characters.count, "flnv".contains(characters[place + 1]),
            place + 2 == characters.count || characters[place + 2] == " "
        else { return nil }
        let letter = characters[place + 1]
        place += 2
        guard skipBlanks() else { return (nil, ()) }
        let text = word()
        guard !text.isEmpty else { return (nil, ()) }
        switch letter {
        case "f": return (.fuzzy(FuzzyPattern(text)), ())
        case "l": return (Self.label(text), ())
        default:
            guard let field = named(letter == "n" ? "network" : "volume") else { return (.never, ()) }
            return (.words(column: field.column, .equal, TextNeedle(text)), ())
        }
    }

    /// `key`, `key=value`, `key!=value`.
    private static func label(_ text: String) -> RowFilter.Test {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { return .label(key: text.lowercased(), isEqual: true, value: nil) }
        let isEqual = !parts[0].hasSuffix("!")
        let key = isEqual ? parts[0] : String(parts[0].dropLast())
        return .label(key: key.lowercased(), isEqual: isEqual, value: TextNeedle(parts[1]))
    }

    // MARK: Fields

    private func named(_ name: String) -> FilterField? {
        let name = name.lowercased()
        return fields.first { $0.names.contains(name) } ?? fields.first { $0.column == name }
    }

    /// A word of the form `name operator value`; `nil` when it is none. What is not finished asks for nothing.
    private mutating func field() throws(RowFilter.Problem) -> (RowFilter.Test?, Void)? {
        let start = place
        var end = place
        while end < characters.count, characters[end].isLetter || "-_.%/0123456789".contains(characters[end]) {
            end += 1
        }
        guard end > start, let comparison = comparison(at: end) else { return nil }
        let name = String(characters[start..<end])
        place = end + comparison.rawValue.count
        let valueStart = place
        let value = word(endsAtBar: comparison != .pattern)
        if name.lowercased() == "label", comparison == .contains || comparison == .equal {
            return (value.isEmpty ? nil : Self.label(value), ())
        }
        guard let field = named(name) else {
            return try unknown(name, comparison, value, at: start..<end).map { ($0, ()) }
        }
        guard !value.isEmpty else { return (nil, ()) }
        let range = valueStart..<max(valueStart + 1, place)
        if comparison == .pattern {
            return (try pattern(value, at: valueStart).map { .wordsPattern(column: field.column, $0) }, ())
        }
        if field.kind == .text {
            guard comparison == .contains || comparison == .equal || comparison == .unequal else {
                throw RowFilter.Problem(
                    text: words(
                        "\(name) is text: write \(name):part, \(name)=whole, \(name)!=whole or \(name)~pattern"),
                    place: end..<valueStart)
            }
            return (.words(column: field.column, comparison, TextNeedle(value)), ())
        }
        guard let figure = field.kind.figure(value) else {
            // Half of a figure, as `1.` or `-`, is on its way.
            if value.allSatisfy({ ".-".contains($0) }) { return (nil, ()) }
            throw RowFilter.Problem(text: "\(name) wants \(field.kind.want)", place: range)
        }
        return (.figure(column: field.column, comparison, figure), ())
    }

    private func comparison(at place: Int) -> RowFilter.Comparison? {
        guard place < characters.count else { return nil }
        if place + 1 < characters.count,
            let two = RowFilter.Comparison(rawValue: String(characters[place..<(place + 2)]))
        {
            return two
        }
        return RowFilter.Comparison(rawValue: String(characters[place]))
    }

    /// `key=value` of no field is a label; a colon may stand in any text, as in `busybox:1.36`.
    private func unknown(
        _ name: String, _ comparison: RowFilter.Comparison, _ value: String, at range: Range<Int>
    ) throws(RowFilter.Problem) -> RowFilter.Test? {
        switch comparison {
        case .contains, .pattern: return nil
        case .equal: return Self.label("\(name)=\(value)")
        case .unequal: return Self.label("\(name)!=\(value)")
        default:
            let known = fields.filter { $0.kind != .text }.compactMap(\.names.first)
            throw RowFilter.Problem(
                text: words("there is no \(name) here; there is \(known.joined(separator: ", "))"), place: range)
        }
    }
}
