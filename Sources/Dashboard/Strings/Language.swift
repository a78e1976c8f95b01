/// A language of the interface: English phrase → the same in that language.
///
/// All that the interface says goes through `words`, which asks the language in force. The English phrase is the key, so that
/// a phrase that a language does not have yet is read in English.
public struct Language: Sendable, Hashable {
    /// As the configuration names it: `en`.
    public let name: String
    /// What it says for an English phrase; `%1`, `%2` stand for what is put in.
    private let phrases: [String: String]
    /// A language that is made for tests: every letter becomes another one.
    private let isScrambled: Bool

    /// A language.
    public init(name: String, phrases: [String: String]) {
        self.init(name: name, phrases: phrases, isScrambled: false)
    }

    private init(name: String, phrases: [String: String], isScrambled: Bool) {
        self.name = name
        self.phrases = phrases
        self.isScrambled = isScrambled
    }

    /// What the phrases are written in.
    public static let english = Language(name: "en", phrases: [:])

    /// A language that nobody speaks, as wide as English: what is still in Latin letters on a screen did not go through
    /// `words`.
    static let scrambled = Language(name: "scrambled", phrases: [:], isScrambled: true)

    /// The language in force: chosen once, around all that the dashboard does on its thread.
    @TaskLocal static var current = Language.english

    /// The phrase in this language.
    func phrase(_ english: String) -> String {
        if isScrambled { return Self.scramble(english) }
        return phrases.isEmpty ? english : phrases[english] ?? english
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
}

/// A phrase of the interface in the language in force, with what is put in at `%1`, `%2` and so on.
func words(_ english: String, _ values: String...) -> String {
    let phrase = Language.current.phrase(english)
    guard !values.isEmpty else { return phrase }
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
