/// A phrase of the interface: written in English where it is said, shown in the language in force.
///
/// What stands in `\(…)` is put in; a language's file has it as `%1`, `%2` and so on. In English a phrase costs what a string
/// costs: nothing is looked up.
struct Phrase: ExpressibleByStringInterpolation {
    /// In the language in force.
    let text: String

    init(stringLiteral english: String) { text = words(for: english) }

    init(stringInterpolation phrase: StringInterpolation) { text = phrase.text }

    struct StringInterpolation: StringInterpolationProtocol {
        private let book = Language.bookInForce
        /// The phrase in English, or its key where it is looked up.
        private var english = ""
        private var values: [String] = []

        init(literalCapacity: Int, interpolationCount: Int) {
            english.reserveCapacity(literalCapacity + 8 * interpolationCount)
        }

        var text: String { book?.phrase(english, values) ?? english }

        mutating func appendLiteral(_ literal: String) { english += literal }

        mutating func appendInterpolation(_ value: String) {
            guard book != nil else {
                english += value
                return
            }
            values.append(value)
            english += "%\(values.count)"
        }

        mutating func appendInterpolation<Value>(_ value: Value) { appendInterpolation("\(value)") }
    }
}

/// A phrase of the interface in the language in force. The literal stands right here: `docs/phrases.yaml` is made from those.
func words(_ phrase: Phrase) -> String { phrase.text }

/// The same for a phrase that stands in a list of such: a binding's help, a column's title, what `phrase` marks.
func words(for english: String) -> String { Language.bookInForce?.phrase(english) ?? english }

/// Marks a literal as a phrase that is translated where it is shown, by `words(for:)`, since it is compared or kept before.
func phrase(_ english: String) -> String { english }
