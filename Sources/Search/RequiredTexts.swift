/// Finds texts of which every match of a regular expression has one in it: looking for them first is much faster.
///
/// It reads only what is plainly literal. Whatever it is not sure of, as options that change, gives no texts.
struct RequiredTexts {
    /// More are not looked for at once.
    static let most = 8

    private struct Unsure: Error {}

    private static let special = Set("\\^$.|?*+()[]{}#".utf8)
    private static let quantifiers = Set("?*{".utf8)

    private let bytes: [UInt8]
    private var index = 0
    /// Letters beyond ASCII have cases that are spelled with other bytes.
    private let isForASCII: Bool

    private init(_ pattern: String, isForASCII: Bool) {
        bytes = Array(pattern.utf8)
        self.isForASCII = isForASCII
    }

    /// The best such texts, of at least two bytes each; none when none are known.
    static func best(in pattern: String, ignoringCase: Bool) -> [[UInt8]] {
        var reader = RequiredTexts(pattern, isForASCII: ignoringCase)
        guard let texts = try? reader.alternatives(), reader.index == reader.bytes.count else { return [] }
        return texts
    }

    /// The longest part of a text that has ASCII alone.
    static func plain(_ text: String) -> [UInt8] {
        Array(text.utf8).split { $0 >= 0x80 }.max { $0.count < $1.count }.map(Array.init) ?? []
    }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    /// Each of the branches has one: all of them together.
    private mutating func alternatives() throws(Unsure) -> [[UInt8]] {
        var all: [[UInt8]] = []
        var isKnown = true
        while true {
            let branch = try sequence()
            if branch.isEmpty { isKnown = false }
            all += branch
            guard next == UInt8(ascii: "|") else { break }
            index += 1
        }
        return isKnown && all.count <= Self.most ? all : []
    }

    /// One after the other: the best of all.
    private mutating func sequence() throws(Unsure) -> [[UInt8]] {
        var choice = Choice()
        while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
            switch byte {
            case UInt8(ascii: "("):
                choice.finish()
                let inner = try group()
                if next.map(Self.quantifiers.contains) != true { choice.offer(inner) }
            case UInt8(ascii: "["):
                choice.finish()
                try bracket()
            case UInt8(ascii: "?"), UInt8(ascii: "*"):
                choice.dropLast()
                index += 1
            case UInt8(ascii: "{"):
                choice.dropLast()
                try count()
            case UInt8(ascii: "\\"): try escape(&choice)
            case UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "."), UInt8(ascii: "+"):
                choice.finish()
                index += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "#"): throw Unsure()
            default:
                if isForASCII, byte >= 0x80 { choice.finish() } else { choice.run.append(byte) }
                index += 1
            }
        }
        choice.finish()
        return choice.best
    }

    /// What a sequence has had so far.
    private struct Choice {
        var best: [[UInt8]] = []
        var run: [UInt8] = []

        mutating func offer(_ texts: [[UInt8]]) {
            if Self.worth(texts) > Self.worth(best) { best = texts }
        }

        mutating func finish() {
            if run.count > 1 { offer([run]) }
            run = []
        }

        /// The character before may be missing; of one beyond ASCII, all of its bytes.
        mutating func dropLast() {
            while let last = run.last, last & 0xc0 == 0x80 { run.removeLast() }
            if !run.isEmpty { run.removeLast() }
            finish()
        }

        private static func worth(_ texts: [[UInt8]]) -> Int {
            texts.isEmpty ? 0 : 100 + 4 * min(16, texts.map(\.count).min() ?? 0) - texts.count
        }
    }

    private mutating func escape(_ choice: inout Choice) throws(Unsure) {
        guard index + 1 < bytes.count else { throw Unsure() }
        let escaped = bytes[index + 1]
        if Self.special.contains(escaped) || "-/=:,;<>@%&~!\"' ".utf8.contains(escaped) {
            choice.run.append(escaped)
        } else if "bBdDwWsSnrtv".utf8.contains(escaped) {
            choice.finish()
        } else {
            throw Unsure()
        }
        index += 2
    }

    private mutating func group() throws(Unsure) -> [[UInt8]] {
        index += 1
        if next == UInt8(ascii: "*") { throw Unsure() }
        if next == UInt8(ascii: "?") {
            // Options, comments and what looks around are not read.
            guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: ":") else { throw Unsure() }
            index += 2
        }
        let texts = try alternatives()
        guard next == UInt8(ascii: ")") else { throw Unsure() }
        index += 1
        return texts
    }

    private mutating func count() throws(Unsure) {
        guard index + 1 < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index + 1]),
            let end = bytes[index...].firstIndex(of: UInt8(ascii: "}"))
        else { throw Unsure() }
        index = end + 1
    }

    private mutating func bracket() throws(Unsure) {
        index += 1
        if next == UInt8(ascii: "^") { index += 1 }
        if next == UInt8(ascii: "]") { index += 1 }
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\\"): index += 2
            case UInt8(ascii: "["):
                // A class by name.
                guard index + 1 < bytes.count, ":.=".utf8.contains(bytes[index + 1]) else {
                    index += 1
                    continue
                }
                guard let end = bytes[(index + 2)...].firstIndex(of: UInt8(ascii: "]")) else { throw Unsure() }
                index = end + 1
            case UInt8(ascii: "]"):
                index += 1
                return
            default: index += 1
            }
        }
        throw Unsure()
    }
}
