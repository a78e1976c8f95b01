/// A few letters that stand in a text in their order, with anything between them: `sht` finds `saw-tooth`.
///
/// Of all the places where they could stand the best are taken: beginnings of words, and letters side by side. It goes
/// through a thousand rows with each letter that is typed, so it works on numbers instead of characters.
struct FuzzyPattern: Sendable, Hashable {
    struct Match: Sendable, Hashable {
        /// The higher the better.
        var score: Int
        /// The letters' places in the text, in characters.
        var places: [Int]
    }

    private let letters: [UInt32]
    private let ignoresCase: Bool
    /// Longer texts are not what anybody picks letters of.
    private static let limit = 120

    init(_ text: String) {
        ignoresCase = !text.contains(where: \.isUppercase)
        letters = Self.codes(text.filter { $0 != " " }, folds: ignoresCase)
    }

    private static let hit = 16
    private static let sideBySide = 10
    private static let wordStart = 9

    /// Whether it fits at all: much quicker than how well.
    func fits(_ text: String) -> Bool { isSubsequence(of: Self.codes(text, folds: ignoresCase)) }

    func match(_ text: String) -> Match? {
        guard !letters.isEmpty else { return Match(score: 0, places: []) }
        let hay = Self.codes(text, folds: ignoresCase)
        guard isSubsequence(of: hay) else { return nil }
        return best(in: hay, Self.codes(text, folds: false))
    }

    /// One number a character, which is its code where it is ASCII.
    private static func codes(_ text: String, folds: Bool) -> [UInt32] {
        var isASCII = true
        var codes: [UInt32] = []
        codes.reserveCapacity(min(limit, text.utf8.count))
        for byte in text.utf8.prefix(limit) {
            isASCII = isASCII && byte < 0x80
            codes.append(UInt32(folds ? ByteSearch.lower(byte) : byte))
        }
        if isASCII { return codes }
        return text.prefix(limit).map { character in
            let character = folds ? Character.folded(character) : character
            return character.unicodeScalars.reduce(0) { $0 &* 31 &+ $1.value }
        }
    }

    private func isSubsequence(of hay: [UInt32]) -> Bool {
        var next = 0
        for code in hay where next < letters.count && code == letters[next] { next += 1 }
        return next == letters.count
    }

    /// Fills a table of letters by places: the best score with this letter here, and where the letter before it stood.
    private func best(in hay: [UInt32], _ original: [UInt32]) -> Match? {
        let none = Int.min / 2
        let width = hay.count
        var scores = [Int](repeating: none, count: width * letters.count)
        var before = [Int](repeating: -1, count: width * letters.count)
        for (letter, code) in letters.enumerated() {
            let row = letter * width
            // The best end of the letters before, as seen from here: it loses a little with each place in between.
            var (running, place) = (none, -1)
            for here in 0..<width {
                if letter > 0, here > 1 {
                    running -= 1
                    // The place right before has its own, better, price below.
                    let score = scores[row - width + here - 2] - 1
                    if score > running { (running, place) = (score, here - 2) }
                }
                guard hay[here] == code else { continue }
                let own = Self.hit + (Self.startsWord(original, here) ? Self.wordStart : 0)
                if letter == 0 {
                    scores[here] = own - min(here, 8)
                    continue
                }
                let joined = here > 0 ? scores[row - width + here - 1] + Self.sideBySide : none
                let (score, from) = joined >= running ? (joined, here - 1) : (running, place)
                guard score > none / 2 else { continue }
                scores[row + here] = score + own
                before[row + here] = from
            }
        }
        let last = scores.suffix(width)
        guard let end = last.indices.max(by: { last[$0] < last[$1] }), last[end] > none / 2 else { return nil }
        var places = [end - last.startIndex]
        for letter in (1..<max(1, letters.count)).reversed() {
            places.insert(before[letter * width + places[0]], at: 0)
        }
        // A short text that is hit as well as a long one is the likelier one.
        return Match(score: last[end] * 4 - min(width, 60), places: places)
    }

    private static func startsWord(_ text: [UInt32], _ place: Int) -> Bool {
        guard place > 0 else { return true }
        func isDigit(_ code: UInt32) -> Bool { code >= 0x30 && code <= 0x39 }
        func isUpper(_ code: UInt32) -> Bool { code >= 0x41 && code <= 0x5a }
        func isLetter(_ code: UInt32) -> Bool { isUpper(code) || code >= 0x61 && code <= 0x7a || code >= 0x80 }
        let (left, right) = (text[place - 1], text[place])
        guard isLetter(left) || isDigit(left) else { return true }
        return isLetter(left) && !isUpper(left) && isUpper(right) || isLetter(left) && isDigit(right)
    }
}
