import Dockerfile
import Engine
import Foundation
import Testing

/// Whatever stands in a file, reading it ends with a Dockerfile or an error, never otherwise.
///
/// A round here takes a few thousand inputs; SPYHOP_FUZZ_INPUTS says how many instead, SPYHOP_FUZZ_SEED where to begin.
struct FuzzTests {
    @Test func noInputMakesTheReaderCrash() {
        let environment = ProcessInfo.processInfo.environment
        let count = environment["SPYHOP_FUZZ_INPUTS"].flatMap(Int.init) ?? 4_000
        let seed = environment["SPYHOP_FUZZ_SEED"].flatMap(UInt64.init) ?? 1
        let seeds = (Fixture.all(in: ".") + Fixture.all(in: "errors")).map(\.bytes)
        var generator = InputGenerator(seeds: seeds, seed: seed)
        var outcomes = Outcomes()
        for _ in 0..<count { outcomes.take(generator.next()) }
        // Both kinds have to come up, or the generator has nothing to say.
        #expect(outcomes.read > count / 50)
        #expect(outcomes.refused > count / 50)
        #expect(outcomes.planned > count / 100)
        #expect(outcomes.expanded > 0)
    }
}

/// Reads an input in every way there is, and counts.
private struct Outcomes {
    var read = 0
    var refused = 0
    var planned = 0
    var expanded = 0

    mutating func take(_ input: [UInt8]) {
        takeText(input)
        do {
            let file = try Dockerfile.parse(input, name: "Dockerfile")
            read += 1
            check(file)
            let graph = try BuildGraph(
                file, target: nil, arguments: ["VERSION": "1"], buildPlatform: "linux/amd64",
                targetPlatform: "linux/arm64", contexts: ["alpine"])
            planned += 1
            _ = DockerfileChecks.run(file, graph: graph, everyStage: true, ignored: { _ in true }) { _, _ in
                BaseImageFacts(environment: ["A=b"], platform: "linux/amd64")
            }
            _ = file.outline(graph)
            for stage in graph.stages {
                for case .onbuild(let text, _) in stage.stage.instructions.map(\.kind) {
                    _ = try Dockerfile.parseTrigger(text, escape: file.directives.escape, image: "base")
                }
            }
        } catch {
            refused += 1
            _ = error.engineError.description
        }
    }

    /// Places lie within the file, whatever it is.
    private func check(_ file: Dockerfile) {
        for stage in file.stages {
            for range in [stage.range] + stage.instructions.map(\.range) {
                let isWithin = range.start <= range.end && range.start.line >= 1 && range.end.line <= file.lines.count
                if !isWithin { Issue.record("\(range) is not within \(file.lines.count) lines") }
            }
        }
    }

    /// The input as a word, as ignore rules, as a pattern.
    private mutating func takeText(_ input: [UInt8]) {
        let text = String(decoding: input.prefix(200), as: UTF8.self)
        for escape in ["\\", "`"] as [Character] {
            let expansion = WordExpansion(escape: escape)
            let lookup = { (name: String) in name.utf8.count % 2 == 0 ? "a b*c" : nil }
            if (try? expansion.word(text, lookup)) != nil { expanded += 1 }
            _ = try? expansion.words(text, lookup)
            _ = try? expansion.hereDocument(text, lookup)
            _ = expansion.shown(text, lookup)
        }
        let line = text.split(separator: "\n").last.map(String.init) ?? ""
        if let rules = try? IgnoreRules(Array(text.utf8)) {
            _ = rules.excludes(line)
            _ = rules.mayHoldIncluded(line)
            _ = rules.hidesSource(line)
        }
        _ = PathPattern(line)?.matches(line)
        _ = PlatformName.normalized(line)
    }
}

/// Makes inputs of fixtures, always the same ones in the same order.
private struct InputGenerator {
    private static let pieces: [[UInt8]] =
        [
            "\n", "\r\n", "\\\n", "`\n", "\\", "\"", "'", "$", "${", "}", "${A:-", "${FILE##*.}", "${X//a/b}", "<<EOF",
            "<<-'E'",
            "\nEOF\n", "[\"", "\"]", "[", "]", "{", "--", "--from=", "--mount=type=", "--link", "=", "#",
            "# escape=`\n",
            "# check=skip=all\n", "ONBUILD ", "FROM ", " AS ", "ARG ", "RUN ", "COPY ", "ENV ", "HEALTHCHECK ", "*",
            "**/", "!", "?",
            "[a-", "/", "..", "\t", " ", "\u{FEFF}", "ö", "👩‍👩‍👧", "e\u{301}", "\0", "scratch", ",", ":", "0",
            "99999999999999999999", "-1",
            "\\u0000", "\\ud800",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xF0, 0x9F], [0xED, 0xA0, 0x80]]

    private let seeds: [[UInt8]]
    private var random: UInt64

    init(seeds: [[UInt8]], seed: UInt64) {
        self.seeds = seeds
        random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    mutating func next() -> [UInt8] {
        var input = seeds.isEmpty ? [] : seeds[number(below: seeds.count)]
        if number(below: 4) == 0 { input = slice(input) }
        for _ in 0...number(below: 6) { mutate(&input) }
        if input.count > 4_096 { input.removeLast(input.count - 4_096) }
        return input
    }

    private mutating func mutate(_ input: inout [UInt8]) {
        let place = number(below: input.count + 1)
        switch number(below: 9) {
        case 0 where place < input.count: input[place] = UInt8(truncatingIfNeeded: step())
        case 1 where place < input.count: input[place] ^= 1 << UInt8(number(below: 8))
        case 2 where place < input.count: input.removeSubrange(place..<min(input.count, place + 1 + number(below: 8)))
        case 3: input.insert(contentsOf: slice(input), at: place)
        case 4 where !seeds.isEmpty: input.insert(contentsOf: slice(seeds[number(below: seeds.count)]), at: place)
        case 5:
            let piece = Self.pieces[number(below: Self.pieces.count)]
            for _ in 0...number(below: 20) { input.insert(contentsOf: piece, at: place) }
        case 6: input.removeLast(input.count - place)
        default: input.insert(contentsOf: Self.pieces[number(below: Self.pieces.count)], at: place)
        }
    }

    private mutating func slice(_ input: [UInt8]) -> [UInt8] {
        guard !input.isEmpty else { return [] }
        let start = number(below: input.count)
        return Array(input[start..<min(input.count, start + 1 + number(below: 120))])
    }

    private mutating func number(below limit: Int) -> Int { Int(step() % UInt64(max(1, limit))) }

    /// Xorshift: good enough to wander about.
    private mutating func step() -> UInt64 {
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        return random >> 11
    }
}
