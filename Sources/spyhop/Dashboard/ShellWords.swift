/// A line taken apart as a shell does it: blanks between words, quotes and backslashes around what belongs together. Nothing
/// else of a shell's is in it; `$` and `*` are letters.
enum ShellWords {
    /// - Returns: the words; `nil` when a quote is not closed or a backslash stands last.
    static func split(_ line: String) -> [String]? {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var rest = line[...]
        while let character = rest.popFirst() {
            switch (character, quote) {
            case ("'", nil), ("\"", nil):
                quote = character
                // Two quotes with nothing between are a word without letters.
                word = word ?? ""
            case (_, .some(character)): quote = nil
            case ("\\", nil), ("\\", "\""):
                guard let next = rest.popFirst() else { return nil }
                // In double quotes it protects only what would be special there (POSIX, 2.2.3).
                if quote != nil, next != "\"", next != "\\" { word = (word ?? "") + "\\" }
                word = (word ?? "") + String(next)
            case (" ", nil), ("\t", nil):
                if let done = word { words.append(done) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        guard quote == nil else { return nil }
        return words + (word.map { [$0] } ?? [])
    }
}
