/// Which rows of the palette a typed line leaves, the best first.
enum PaletteRanking {
    struct Row: Sendable, Hashable {
        var entry: PaletteEntry
        /// Characters of the title that were meant.
        var places: [Int] = []
    }

    /// More rows than any screen has.
    static let limit = 200

    /// Behind a word that wants a name only names are offered; before that everything is searched, what was done lately
    /// first among equals.
    static func rows(
        _ line: String, _ entries: [PaletteEntry], _ vocabulary: PaletteVocabulary, recent: [String]
    ) -> [Row] {
        let (head, rest) = PaletteCommand.parts(line)
        if let word = PaletteWord.named(head), word.argument != .none, line.hasSuffix(" ") || !rest.isEmpty {
            return arguments(word, rest, vocabulary)
        }
        let needle = rest.isEmpty ? head : "\(head) \(rest)"
        guard !needle.isEmpty else { return untyped(entries, recent) }
        let order = Dictionary(recent.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { $1 })
        var found: [(row: Row, points: Int, place: Int)] = []
        for (place, entry) in entries.enumerated() {
            let title = FuzzyScore(needle, in: entry.title)
            let typed = FuzzyScore(needle, in: entry.line)
            guard var points = [title?.points, typed?.points].compactMap({ $0 }).max() else { continue }
            // A word that was typed out is meant.
            if entry.line == needle { points += 40 }
            if let done = order[entry.line] { points += 6 + done * 6 / max(1, recent.count) }
            if entry.obstacle != nil { points -= 12 }
            found.append((Row(entry: entry, places: title?.places ?? []), points, place))
        }
        found.sort { $0.points != $1.points ? $0.points > $1.points : $0.place < $1.place }
        return found.prefix(limit).map(\.row)
    }

    private static func untyped(_ entries: [PaletteEntry], _ recent: [String]) -> [Row] {
        let byLine = Dictionary(entries.map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
        let lately = recent.reversed().prefix(5).compactMap { byLine[$0] }
        let known = Set(lately.map(\.line))
        let others = entries.filter { !known.contains($0.line) }
        return (lately + others.filter { $0.obstacle == nil } + others.filter { $0.obstacle != nil })
            .prefix(limit).map { Row(entry: $0) }
    }

    private static func arguments(_ word: PaletteWord, _ typed: String, _ vocabulary: PaletteVocabulary) -> [Row] {
        let kind: PaletteEntry.Kind =
            switch word.argument {
            case .theme: .theme
            case .container: .container
            case .image: .image
            case .layout: .layout
            case .command: .command
            case .none, .text, .name, .dump, .pane: .word
            }
        let entries = vocabulary.names(word.argument).map { name in
            PaletteEntry(kind: kind, title: name, line: "\(word.name) \(name)")
        }
        guard !typed.isEmpty else { return entries.prefix(limit).map { Row(entry: $0) } }
        let found = entries.enumerated().compactMap { place, entry in
            FuzzyScore(typed, in: entry.title).map { score in
                let points = score.points + (entry.title == typed ? 40 : 0)
                return (row: Row(entry: entry, places: score.places), points: points, place: place)
            }
        }
        return found.sorted { $0.points != $1.points ? $0.points > $1.points : $0.place < $1.place }
            .prefix(limit).map(\.row)
    }
}

extension PaletteRanking {
    /// A menu keeps its order and its groups; letters leave what fits.
    static func menu(_ typed: String, _ entries: [PaletteEntry]) -> [Row] {
        guard !typed.trimmingPalette.isEmpty else { return entries.map { Row(entry: $0) } }
        let needle = typed.trimmingPalette.lowercased()
        let whole = entries.filter { $0.text.lowercased().contains(needle) }
        // Letters here and there are tried only where nothing has them side by side.
        return (whole.isEmpty ? entries : whole).compactMap { entry in
            let score = FuzzyScore(typed, in: entry.title)
            guard score != nil || !whole.isEmpty else { return nil }
            return Row(entry: entry, places: score?.places ?? [])
        }
    }
}
