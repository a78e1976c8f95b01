import Engine
import LinuxSystem
import Search
import Testing

@testable import LocalEngine

/// Pages and counts against the plain reading of the same log.
struct LogLookTests {
    /// A log of some three chunks in two files: both streams, colours, carriage returns, long lines in pieces over the
    /// chunks' ends, garbage.
    private func world(isPlain: Bool = false) throws -> Scratch {
        let scratch = try Scratch()
        var random = SystemRandomNumberGenerator()
        var second = 0
        func text(upTo bytes: Int) -> String {
            var text = ""
            var count = 0
            while text.utf8.count < bytes {
                second += count % 40 == 39 ? 1 : 0
                count += 1
                let minute = String(second / 60 % 60 + 100).dropFirst()
                let clock = "2026-01-02T03:\(minute):\(String(second % 60 + 100).dropFirst()).000000001Z"
                let stream = Int.random(in: 0..<9, using: &random) == 0 ? "stderr" : "stdout"
                switch Int.random(in: isPlain ? 20..<60 : 0..<40, using: &random) {
                case 0: text += "garbage without a time\n"
                case 1: text += "\(clock) \(stream) F \u{1b}[31mer\u{1b}[0mror \(count)\n"
                case 2: text += "\(clock) \(stream) F error \(count)\r\n"
                case 3:
                    let part = String(repeating: "x", count: 16 << 10)
                    for _ in 0..<Int.random(in: 1..<4, using: &random) { text += "\(clock) \(stream) P \(part)\n" }
                    text += "\(clock) \(stream) F the end \(count)\n"
                case 4: text += "\(clock) \(stream) F err\n\(clock) \(stream) F or \(count)\n"
                case 40: text += "\(clock) \(stream) F error \(count) in 2026\n"
                case 41: text += "\(clock) \(stream) F wor\u{212a} and ma\u{17f}k, Error\n"
                case 42: text += "\(clock) \(stream) F\n\(clock) \(stream) F \n"
                case 43 where count % 300 == 43: text += "\(clock) \(stream) F error \(count)\r\n"
                default: text += "\(clock) \(stream) F line \(count) of work\n"
                }
            }
            return text
        }
        try scratch.write(text(upTo: 1_300_000), to: "container.log.1")
        try scratch.write(text(upTo: 1_300_000) + "2026-01-02T03:59:59.000000001Z stdout F unfin", to: "container.log")
        return scratch
    }

    private func all(_ scratch: Scratch) async throws -> [LogLine] {
        let reader = try FileLogReader(path: scratch.path + "/container.log", options: LogOptions()) { true }
        var joiner = LineJoiner()
        var lines: [LogLine] = []
        while let more = try await reader.next() { lines += more.flatMap { joiner.take($0) } }
        return lines
    }

    private func look(_ scratch: Scratch, _ selection: LogSelection = LogSelection()) throws -> LogLook {
        try LogLook(path: scratch.path + "/container.log", selection: selection)
    }

    private func page(
        _ look: LogLook, _ cursor: LogPageRequest.Cursor, count: Int, bytes: Int = .max
    ) throws -> LogPage {
        try look.page(
            LogPageRequest(cursor, selection: look.selection, count: count, bytes: bytes), isCancelled: { false },
            progress: nil)
    }

    private func condition(_ typed: String, isInverted: Bool = false) throws -> LogCondition {
        let pattern = SearchPattern(typed)
        let expression = try pattern.compiled()
        return LogCondition(
            pattern: pattern.text, isExpression: pattern.isExpression, ignoresCase: pattern.ignoresCase,
            isInverted: isInverted
        ) { expression.matches(EscapeSequences.plain($0.last == 0x0d ? $0.dropLast() : $0)) }
    }

    @Test func pagesInBothDirectionsMakeTheWholeLog() async throws {
        let scratch = try world()
        let expected = try await all(scratch)
        let look = try look(scratch)
        var backward: [LogLine] = []
        var page = try page(look, .end, count: 700)
        backward = page.lines
        while !page.isLast, let first = page.lines.first?.place {
            page = try self.page(look, .before(first), count: 700)
            backward = page.lines + backward
        }
        #expect(backward == expected)
        page = try self.page(look, .beginning, count: 999)
        var forward = page.lines
        while !page.isLast, let last = page.lines.last?.place {
            page = try self.page(look, .after(last), count: 999)
            forward += page.lines
        }
        #expect(forward == expected)
        #expect(Set(expected.compactMap(\.place)).count == expected.count)
    }

    /// Logs that are searched as they are on disk, in whole or in parts.
    @Test(arguments: [
        "error", "~^error \\d+$", "~er+or", "Error", "line 1", "~k$", "~mask|error", "~WORK|mask", "~of wor[kx]",
        "~\\d{4}", "~",
        "~^$", "~(?i)ERROR|line \\d9 ", "~[0-9]9 (of|in)", "~\\bin\\b", "2026", "~stdout", "~F line", "~.*", "~e[^x]*$",
        "~\\A\\d", "~o++f", "~[^\\d]+[ ]2026", "work",
    ])
    func countsInPlainLogsWhatAPlainReadingFinds(typed: String) async throws {
        let scratch = try world(isPlain: true)
        let lines = try await all(scratch)
        let condition = try condition(typed)
        let expected = lines.filter { condition.holds(for: $0.bytes) }
        let look = try look(scratch, LogSelection(conditions: [condition]))
        #expect(try look.count(from: nil, upTo: nil, isCancelled: { false }, progress: nil).matches == expected.count)
        #expect(try page(look, .end, count: 100).lines == Array(expected.suffix(100)))
    }

    @Test(arguments: [
        "error", "~^error \\d+$", "~er+or", "Error", "~(?<!l)ine", "line 1", "~x$", "~the end \\d*7", "03:",
        "~^or|line 9",
        "~[^q]*work",
    ])
    func countsWhatAPlainReadingFinds(typed: String) async throws {
        let scratch = try world()
        let lines = try await all(scratch)
        for isInverted in [false, true] {
            let condition = try condition(typed, isInverted: isInverted)
            let expected = lines.filter { condition.holds(for: $0.bytes) }
            let look = try look(scratch, LogSelection(conditions: [condition]))
            let tally = try look.count(from: nil, upTo: nil, isCancelled: { false }, progress: nil)
            #expect(tally.matches == expected.count)
            let page = try page(look, .end, count: 100)
            #expect(page.lines == Array(expected.suffix(100)))
            #expect(page.isLast == (expected.count <= 100))
            if let middle = lines[lines.count / 2].place {
                let later = try self.page(look, .after(middle), count: 50)
                #expect(later.lines == Array(expected.filter { $0.place.map { $0 > middle } ?? false }.prefix(50)))
                let before = try look.count(from: nil, upTo: middle, isCancelled: { false }, progress: nil)
                #expect(before.matches == expected.filter { $0.place.map { $0 < middle } ?? false }.count)
            }
        }
    }

    @Test func conditionsAndTimesHoldTogether() async throws {
        let scratch = try world()
        let lines = try await all(scratch)
        let since = lines[lines.count / 3].time
        let until = lines[lines.count * 2 / 3].time
        let selection = LogSelection(
            since: since, until: until,
            conditions: [try condition("line"), try condition("~[05] of", isInverted: true)])
        let expected = lines.filter { selection.holds(for: $0) }
        #expect(!expected.isEmpty)
        let look = try look(scratch, selection)
        #expect(try page(look, .beginning, count: .max - 1).lines == expected)
        #expect(try look.count(from: nil, upTo: nil, isCancelled: { false }, progress: nil).matches == expected.count)
        let later = try page(try self.look(scratch), .from(since), count: 10)
        #expect(later.lines == Array(lines.filter { $0.time >= since }.prefix(10)))
        let earlier = try page(try self.look(scratch), .earlier(since), count: 10)
        #expect(earlier.lines == Array(lines.filter { $0.time < since }.suffix(10)))
    }

    @Test func goesOnBehindALine() async throws {
        let scratch = try world()
        let lines = try await all(scratch)
        for index in [0, 1, lines.count / 3, lines.count / 2, lines.count - 2] {
            let reader = try FileLogReader(
                path: scratch.path + "/container.log", options: LogOptions(after: lines[index].place)
            ) { true }
            var joiner = LineJoiner()
            // A long line comes in several pieces, and a batch may end between two of them.
            var next: LogLine?
            while next == nil, let batch = try await reader.next() {
                next = batch.flatMap { joiner.take($0) }.first
            }
            #expect(next == lines[index + 1])
        }
    }

    @Test func manyLongLinesDoNotFillAPage() async throws {
        let scratch = try world()
        let page = try page(try look(scratch), .end, count: 10_000, bytes: 100_000)
        #expect(!page.isLast)
        #expect(page.lines.reduce(0) { $0 + $1.bytes.count } < 200_000)
    }

    @Test func aCancelledCountStops() throws {
        let scratch = try world()
        let look = try look(scratch, LogSelection(conditions: [try condition("line")]))
        #expect(throws: CancellationError.self) {
            try look.count(from: nil, upTo: nil, isCancelled: { true }, progress: nil)
        }
    }

    @Test func aBadPatternIsRefusedInWords() throws {
        let scratch = try world()
        let bad = LogCondition(pattern: "(a", isExpression: true, ignoresCase: false, isInverted: false) { _ in false }
        let error = #expect(throws: EngineError.self) { try look(scratch, LogSelection(conditions: [bad])) }
        #expect(error?.message.contains("\"(a\"") == true)
    }
}
