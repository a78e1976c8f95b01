/// What somebody may have meant.
enum Suggestion {
    /// `did you mean FROM?`; `nil` when nothing is near, or the word is among the options as it is.
    static func sentence(_ word: String, _ options: some Sequence<String>) -> String? {
        nearest(word, options).map { "did you mean \($0)?" }
    }

    /// The option that takes the fewest single changes, at most three of them, and fewer in short words.
    static func nearest(_ word: String, _ options: some Sequence<String>) -> String? {
        // Whoever has more names than that has other troubles, and comparing takes its time.
        let options = Set(options)
        guard options.count <= 1_000 else { return nil }
        let lowered = Array(word.lowercased().unicodeScalars.prefix(65))
        guard !lowered.isEmpty, lowered.count <= 64 else { return nil }
        var best: (option: String, distance: Int)?
        for option in options.sorted() {
            let other = Array(option.lowercased().unicodeScalars.prefix(65))
            if other == lowered && option == word { return nil }
            let limit = min(3, max(1, min(lowered.count, other.count) / 2))
            guard abs(other.count - lowered.count) <= limit else { continue }
            let distance = changes(lowered, other)
            if distance <= limit, distance < best?.distance ?? Int.max { best = (option, distance) }
        }
        return best?.option
    }

    /// Levenshtein's distance, with neighbours that have changed places as one change.
    private static func changes(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var before: [Int] = []
        var previous = Array(0...right.count)
        for i in left.indices {
            var current = [i + 1]
            for j in right.indices {
                var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    cost = min(cost, before[j - 1] + 1)
                }
                current.append(cost)
            }
            before = previous
            previous = current
        }
        return previous.last ?? 0
    }
}
