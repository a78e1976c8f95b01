import Search

/// What a filter asks of a row.
protocol FilterSubject {
    /// What a plain word is looked for in, the name first.
    var searched: [String] { get }
    var labels: [String: String] { get }
    /// What a column says of it.
    func value(_ column: String) -> CellValue
}

/// What a person typed after `/` on a table: terms that all must hold, in alternatives of which one must.
///
/// `FilterParser` says how it is written.
struct RowFilter: Sendable {
    enum Comparison: String, Sendable, Hashable {
        case contains = ":"
        case equal = "="
        case unequal = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case pattern = "~"

        func holds(_ left: Double, _ right: Double) -> Bool {
            switch self {
            case .contains, .equal, .pattern: left == right
            case .unequal: left != right
            case .less: left < right
            case .lessOrEqual: left <= right
            case .greater: left > right
            case .greaterOrEqual: left >= right
            }
        }
    }

    enum Test: Sendable {
        case text(TextNeedle)
        case fuzzy(FuzzyPattern)
        case pattern(RegularExpression)
        case label(key: String, isEqual: Bool, value: TextNeedle?)
        case figure(column: String, Comparison, Double)
        case words(column: String, Comparison, TextNeedle)
        case wordsPattern(column: String, RegularExpression)
        /// Asked for what this table has not.
        case never
    }

    struct Term: Sendable {
        var test: Test
        var isInverse: Bool
    }

    /// What is wrong with it, and where, in characters.
    struct Problem: Sendable, Hashable, Error {
        var text: String
        var place: Range<Int>
    }

    /// As typed.
    let text: String
    /// One of these must hold, and of it every term; none at all lets everything through.
    let alternatives: [[Term]]
    /// It asks for what changes by itself.
    let followsFigures: Bool

    /// Lets every row through.
    static let none = RowFilter(text: "", alternatives: [], followsFigures: false)

    var isEmpty: Bool { alternatives.isEmpty }

    func matches(_ row: some FilterSubject) -> Bool {
        alternatives.isEmpty || alternatives.contains { $0.allSatisfy { $0.holds(row) } }
    }

    /// It picks letters: the rows that fit best come first.
    var isFuzzy: Bool {
        alternatives.contains { $0.contains { if case .fuzzy = $0.test { !$0.isInverse } else { false } } }
    }

    /// How well the letters that it picks fit.
    func score(_ row: some FilterSubject) -> Int {
        var sum = 0
        for case .fuzzy(let pattern) in positive {
            sum += row.searched.compactMap { pattern.match($0)?.score }.max() ?? 0
        }
        return sum
    }

    /// The characters of a text that made it fit.
    func places(in text: String) -> Set<Int> {
        var found: Set<Int> = []
        for test in positive {
            switch test {
            case .text(let needle): for range in needle.places(in: text) { found.formUnion(range) }
            case .fuzzy(let pattern): found.formUnion(pattern.match(text)?.places ?? [])
            case .pattern(let pattern): for range in pattern.places(in: text) { found.formUnion(range) }
            default: break
            }
        }
        return found
    }

    /// What a column's own terms look for.
    func places(in text: String, column: String) -> Set<Int> {
        var found = places(in: text)
        for test in positive {
            switch test {
            case .words(column, .contains, let needle):
                for range in needle.places(in: text) { found.formUnion(range) }
            case .wordsPattern(column, let pattern):
                for range in pattern.places(in: text) { found.formUnion(range) }
            default: break
            }
        }
        return found
    }

    private var positive: some Sequence<Test> { alternatives.joined().lazy.filter { !$0.isInverse }.map(\.test) }
}

extension RowFilter.Term {
    func holds(_ row: some FilterSubject) -> Bool { isTrue(row) != isInverse }

    private func isTrue(_ row: some FilterSubject) -> Bool {
        switch test {
        case .text(let needle): return row.searched.contains { needle.isFound(in: $0) }
        case .fuzzy(let pattern): return row.searched.contains { pattern.fits($0) }
        case .pattern(let pattern): return row.searched.contains { pattern.matches($0) }
        case .label(let key, let isEqual, let value):
            let found = row.labels.contains { $0.key.lowercased() == key && (value?.isWhole($0.value) ?? true) }
            return found == isEqual
        case .figure(let column, let comparison, let wanted):
            guard case .number(let figure) = row.value(column) else { return false }
            return comparison.holds(figure, wanted)
        case .words(let column, let comparison, let needle):
            let words = row.value(column).words
            let isNone = words.isEmpty && needle.isWhole("none")
            switch comparison {
            case .equal: return isNone || words.contains(where: needle.isWhole)
            case .unequal: return !isNone && !words.contains(where: needle.isWhole)
            default: return isNone || words.contains { needle.isFound(in: $0) }
            }
        case .wordsPattern(let column, let pattern): return row.value(column).words.contains { pattern.matches($0) }
        case .never: return false
        }
    }
}

extension RegularExpression {
    /// Where it matches, in characters.
    func places(in text: String) -> [Range<Int>] {
        ranges(in: Array(text.utf8), limit: 20).map { range in
            func count(_ bytes: Int) -> Int { String(decoding: text.utf8.prefix(bytes), as: UTF8.self).count }
            return count(range.lowerBound)..<count(range.upperBound)
        }
    }
}
