import Synchronization

/// What a language says for English phrases.
final class PhraseBook: Sendable, Hashable {
    private static let exists = Atomic(false)

    /// Whether there can be another language in force than English: nobody looks for it before there is a book.
    static var isNeeded: Bool { exists.load(ordering: .relaxed) }

    private let phrases: [String: String]
    private let counts: [String: [PluralRule.Kind: String]]
    private let plural: PluralRule
    /// For tests: every letter becomes another one.
    private let isScrambled: Bool

    init(
        phrases: [String: String] = [:], counts: [String: [PluralRule.Kind: String]] = [:],
        plural: PluralRule = .oneOrOther, isScrambled: Bool = false
    ) {
        self.phrases = phrases
        self.counts = counts
        self.plural = plural
        self.isScrambled = isScrambled
        Self.exists.store(true, ordering: .relaxed)
    }

    /// The phrase in this language, the English one where it has none.
    func phrase(_ english: String) -> String {
        isScrambled ? Self.scramble(english) : phrases[english] ?? english
    }

    /// The phrase with `values` at `%1`, `%2` and so on.
    func phrase(_ english: String, _ values: [String]) -> String { Self.fill(phrase(english), values) }

    /// A number of things; `plural` is the English plural: `%1 images`.
    func count(_ number: Int, one: String, many: String) -> String {
        let form = counts[many].flatMap { $0[plural.kind(of: number)] ?? $0[.other] }
        return Self.fill(form ?? phrase(number == 1 ? one : many), [String(number)])
    }

    private static func fill(_ phrase: String, _ values: [String]) -> String {
        var result = ""
        var rest = phrase[...]
        while let percent = rest.firstIndex(of: "%") {
            result += rest[..<percent]
            let next = rest.index(after: percent)
            if next < rest.endIndex, let number = rest[next].wholeNumberValue, values.indices.contains(number - 1) {
                result += values[number - 1]
                rest = rest[rest.index(after: next)...]
            } else {
                result += "%"
                rest = rest[next...]
            }
        }
        return result + rest
    }

    /// Cyrillic letters for Latin ones; places for what is put in stay.
    private static func scramble(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "a"..."z": result.append(Unicode.Scalar(0x430 + scalar.value - 97) ?? scalar)
            case "A"..."Z": result.append(Unicode.Scalar(0x410 + scalar.value - 65) ?? scalar)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    static func == (left: PhraseBook, right: PhraseBook) -> Bool {
        left === right
            || left.phrases == right.phrases && left.counts == right.counts && left.plural == right.plural
                && left.isScrambled == right.isScrambled
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(phrases.count)
        hasher.combine(plural)
    }
}
