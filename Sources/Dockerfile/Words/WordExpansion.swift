/// Replaces variables and takes quotes away, as BuildKit does in a Dockerfile's instructions.
///
/// Variables are `$name` and `${name}`, with the modifiers `:-` `-` `:+` `+` `:?` `?` `#` `##` `%` `%%` `/` `//`.
public struct WordExpansion: Sendable {
    private let escape: UInt8

    /// An expansion in a file with this escape character.
    public init(escape: Character) { self.escape = escape.asciiValue ?? .backslash }

    /// One word: variables replaced, quotes and escapes taken away. `lookup` answers `nil` for what is not set.
    public func word(_ text: String, _ lookup: (String) -> String?) throws(WordError) -> String {
        try scan(text, escape: escape, keeping: [], lookup).text.text
    }

    /// The same, split at blanks that neither stood in quotes nor were escaped; blanks of a variable's value split too.
    public func words(_ text: String, _ lookup: (String) -> String?) throws(WordError) -> [String] {
        try scan(text, escape: escape, keeping: [], lookup).words
    }

    /// A here-document's text: variables replaced, quotes kept. Its escape character is always the backslash.
    public func hereDocument(_ text: String, _ lookup: (String) -> String?) throws(WordError) -> String {
        try scan(text, escape: .backslash, keeping: .plainQuotes, lookup).text.text
    }

    /// A text as it is shown: variables that are set are replaced, all else stays, quotes too.
    public func shown(_ text: String, _ lookup: (String) -> String?) -> String {
        (try? scan(text, escape: escape, keeping: [.quotes, .unset], lookup).text.text) ?? text
    }

    private func scan(
        _ text: String, escape: UInt8, keeping: WordScanner.Keeping, _ lookup: (String) -> String?
    ) throws(WordError) -> (text: [UInt8], words: [String]) {
        var scanner = WordScanner(text.utf8, escape: escape, keeping: keeping)
        do {
            return try scanner.scan(lookup)
        } catch {
            throw WordError("\(quoted(text)) cannot be expanded: \(error.message)")
        }
    }
}
