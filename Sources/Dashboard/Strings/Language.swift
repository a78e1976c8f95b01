/// A language of the interface: English phrase → the same in that language.
///
/// All that the interface says is a `Phrase` or a `count`, which asks the language in force. The English phrase is the key, so
/// that a phrase that a language does not have yet is read in English.
public struct Language: Sendable, Hashable {
    /// As the configuration names it: `en`.
    public let name: String
    /// What it says; `nil` is English, which is written where it is said and looked up nowhere.
    let book: PhraseBook?

    /// A language.
    ///
    /// - Parameters:
    ///   - phrases: what it says for an English phrase; `%1`, `%2` stand for what is put in.
    ///   - counts: what it says for an English plural such as `%1 images`, by the kind of number.
    ///   - plural: how it tells kinds of numbers apart.
    public init(
        name: String, phrases: [String: String], counts: [String: [PluralRule.Kind: String]] = [:],
        plural: PluralRule = .oneOrOther
    ) {
        self.init(name: name, book: PhraseBook(phrases: phrases, counts: counts, plural: plural))
    }

    private init(name: String, book: PhraseBook?) {
        self.name = name
        self.book = book
    }

    /// What the phrases are written in.
    public static let english = Language(name: "en", book: nil)

    /// A language that nobody speaks, as wide as English: what is still in Latin letters on a screen went past the mechanism.
    static let scrambled = Language(name: "scrambled", book: PhraseBook(isScrambled: true))

    /// The language in force: chosen once, around all that the dashboard does on its thread.
    @TaskLocal static var current = Language.english

    /// What the language in force says; `nil` in English, where it is asked for with every phrase and so costs next to nothing.
    static var bookInForce: PhraseBook? { PhraseBook.isNeeded ? current.book : nil }
}
