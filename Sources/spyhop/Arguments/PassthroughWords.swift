import ArgumentParser

/// What stands on the command line after the options: words that belong to the container, untouched.
enum PassthroughWords {
    /// Checks the words, and takes a leading `--` away.
    /// - Throws: `CleanExit` where help is asked for; `ValidationError` for an option that the command does not know,
    ///   or too few words.
    static func check(_ words: [String], atLeast count: Int, named names: String) throws -> [String] {
        var words = words[...]
        if words.first == "--" {
            words = words.dropFirst()
        } else if words.first == "--help" {
            throw CleanExit.helpRequest()
        } else if let option = words.first, option.hasPrefix("-"), option != "-" {
            throw ValidationError(ForeignOption.sentence(option) ?? "Unknown option '\(option)'")
        }
        guard words.count >= count else { throw ValidationError("Missing expected argument '\(names)'") }
        return Array(words)
    }
}
