/// What a typed line of the palette asks for.
enum PaletteCommand: Sendable, Hashable {
    /// An action by its name in the configuration, such as `sort-memory`.
    case action(String)
    case view(String)
    /// A word with what stands behind it; empty when nothing does.
    case word(PaletteWord, argument: String)

    /// Why a line means nothing, in words.
    struct Problem: Error, Sendable, Hashable {
        var text: String
    }

    /// Reads a line. Words win over views, views over actions; names of containers and images want their word before
    /// them, so that a container called `quit` quits nothing.
    static func read(_ line: String, _ vocabulary: PaletteVocabulary) -> Result<PaletteCommand, Problem> {
        let (head, rest) = parts(line)
        if head.isEmpty { return .failure(Problem(text: words("type what is to be done, or choose a row"))) }
        // A view without anything behind it: `logs` is one, `logs web` is none.
        if rest.isEmpty, let view = vocabulary.view(head) { return .success(.view(view)) }
        if let word = PaletteWord.named(head) {
            return check(word, rest, vocabulary).map { .failure($0) } ?? .success(.word(word, argument: rest))
        }
        if rest.isEmpty, vocabulary.actions.contains(head) { return .success(.action(head)) }
        if vocabulary.view(head) != nil || vocabulary.actions.contains(head) {
            return .failure(Problem(text: words("nothing may stand behind '\(head)', but '\(rest)' does")))
        }
        return .failure(Problem(text: unknown(head, vocabulary)))
    }

    /// The first word, and what stands behind it.
    static func parts(_ line: String) -> (head: String, rest: String) {
        var text = line.trimmingPalette
        if text.first == ":" { text = String(text.dropFirst()).trimmingPalette }
        guard let blank = text.firstIndex(of: " ") else { return (text, "") }
        return (String(text[..<blank]), String(text[blank...]).trimmingPalette)
    }

    private static func check(_ word: PaletteWord, _ rest: String, _ vocabulary: PaletteVocabulary) -> Problem? {
        func wanted(_ names: [String], _ noun: String) -> Problem? {
            if names.contains(rest) { return nil }
            let listed = names.prefix(12).joined(separator: ", ")
            let known = names.isEmpty ? words("there is none yet") : words("there are \(listed)")
            if rest.isEmpty { return Problem(text: words("\(word.name) wants the name of a \(noun); \(known)")) }
            return Problem(text: words("there is no \(noun) named '\(rest)'; \(known)"))
        }
        switch word.argument {
        case .none: return rest.isEmpty ? nil : Problem(text: words("nothing may stand behind '\(word.name)'"))
        case .text, .name: return nil
        case .dump: return rest.isEmpty ? nil : wanted(DumpFormat.allCases.map(\.rawValue), "format")
        case .theme: return wanted(vocabulary.themes, "theme")
        case .layout: return wanted(vocabulary.layouts, "layout")
        case .command: return wanted(vocabulary.commands, "command")
        case .pane: return wanted(vocabulary.panes, "pane")
        case .image: return wanted(vocabulary.images, "image")
        // Without a name the selected container is meant.
        case .container: return rest.isEmpty ? nil : wanted(vocabulary.containers, "container")
        }
    }

    private static func unknown(_ head: String, _ vocabulary: PaletteVocabulary) -> String {
        let known =
            PaletteWord.all.flatMap { [$0.name] + $0.aliases } + vocabulary.views.map(\.name) + vocabulary.actions
        let near = known.compactMap { name in FuzzyScore(head, in: name).map { (name, $0.points) } }
        guard let best = near.max(by: { $0.1 < $1.1 }) else {
            return words("there is no command '\(head)'; ? shows the keys")
        }
        return words("there is no command '\(head)'; perhaps '\(best.0)'")
    }
}

extension String {
    /// Without blanks at both ends.
    var trimmingPalette: String { String(Substring(self).trimmingSpaces) }
}
