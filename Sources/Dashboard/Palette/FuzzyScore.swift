/// How well a few typed letters fit a text that has all of them in that order: the palette's measure.
///
/// Beginnings of words and letters side by side count most, so that `rst` finds "restart" and `cpu` finds "sort by CPU"
/// before it finds "copy output".
struct FuzzyScore: Sendable, Hashable {
    /// More is better.
    let points: Int
    /// Which characters of the text were meant, ascending.
    let places: [Int]

    /// What is typed beyond this is not looked at; nobody aims with so many letters.
    static let needleLimit = 40
    /// A text is looked at no further than this.
    static let textLimit = 160

    /// `nil` when a letter is missing. Blanks in the needle separate words that may come in any order.
    init?(_ needle: String, in text: String) {
        let hay = Array(text.prefix(Self.textLimit))
        var sum = 0
        var found: Set<Int> = []
        for word in needle.prefix(Self.needleLimit).split(separator: " ") {
            guard let match = Self.match(Self.folded(word), Self.folded(hay), hay) else { return nil }
            sum += match.points
            found.formUnion(match.places)
        }
        // Of two texts that fit alike the shorter one is meant.
        points = sum - hay.count / 8
        places = found.sorted()
    }

    private static func folded(_ text: some Sequence<Character>) -> [Character] {
        text.map { $0.isUppercase ? ($0.lowercased().first ?? $0) : $0 }
    }

    private static func match(
        _ needle: [Character], _ hay: [Character], _ text: [Character]
    ) -> (points: Int, places: [Int])? {
        guard !needle.isEmpty, isWithin(needle, hay) else { return nil }
        var table = Table(needle.count, hay.count)
        for (row, letter) in needle.enumerated() {
            var best: (points: Int, place: Int)?
            for (column, other) in hay.enumerated() {
                // The best way to have had all letters before, somewhere to the left of here.
                if row > 0, column > 0, let before = table.points(row - 1, column - 1), before > best?.points ?? .min {
                    best = (before, column - 1)
                }
                guard letter == other else { continue }
                let own = 4 + bonus(at: column, in: text)
                if row == 0 {
                    table.set(row, column, own - min(column, 12) / 4, from: -1)
                    continue
                }
                var choice = best.map { (points: $0.points + own, place: $0.place) }
                if column > 0, let beside = table.points(row - 1, column - 1),
                    beside + own + 6 >= choice?.points ?? .min
                {
                    choice = (beside + own + 6, column - 1)
                }
                if let choice { table.set(row, column, choice.points, from: choice.place) }
            }
        }
        return table.best
    }

    private static func isWithin(_ needle: [Character], _ hay: [Character]) -> Bool {
        var rest = needle[...]
        for letter in hay where letter == rest.first { rest.removeFirst() }
        return rest.isEmpty
    }

    private static func bonus(at place: Int, in text: [Character]) -> Int {
        guard place > 0 else { return 10 }
        let (before, here) = (text[place - 1], text[place])
        if !before.isLetter, !before.isNumber { return 8 }
        return here.isUppercase && before.isLowercase ? 6 : 0
    }

    /// Points of each letter at each place, and where the letter before it stood.
    private struct Table {
        private let width: Int
        private var cells: [(points: Int, from: Int)?]

        init(_ rows: Int, _ columns: Int) {
            width = columns
            cells = Array(repeating: nil, count: rows * columns)
        }

        func points(_ row: Int, _ column: Int) -> Int? { cells[row * width + column]?.points }

        mutating func set(_ row: Int, _ column: Int, _ points: Int, from place: Int) {
            cells[row * width + column] = (points, place)
        }

        /// The best place of the last letter, and the way that led there.
        var best: (points: Int, places: [Int])? {
            var row = cells.count / max(1, width) - 1
            let ends = (0..<width).compactMap { column in points(row, column).map { (column, $0) } }
            guard let end = ends.max(by: { $0.1 < $1.1 }) else { return nil }
            var places = [end.0]
            var column = end.0
            while row > 0, let before = cells[row * width + column]?.from, before >= 0 {
                places.append(before)
                column = before
                row -= 1
            }
            return (end.1, places.reversed())
        }
    }
}
