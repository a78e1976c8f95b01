import Engine
import LinuxSystem
import Synchronization
import Testing

@testable import LocalEngine

struct LogReaderTests {
    private func record(_ number: Int, _ text: String, tag: String = "F", stream: String = "stdout") -> String {
        let second = number < 10 ? "0\(number)" : "\(number)"
        return "2026-01-02T03:04:\(second).000000001Z \(stream) \(tag) \(text)\n"
    }

    private func read(_ scratch: Scratch, _ options: LogOptions = LogOptions()) async throws -> [LogLine] {
        let reader = try FileLogReader(path: scratch.path + "/container.log", options: options) { true }
        var lines: [LogLine] = []
        while let more = try await reader.next() {
            #expect(!more.isEmpty)
            lines += more
        }
        return lines
    }

    private func texts(_ lines: [LogLine]) -> [String] { lines.map { String(decoding: $0.bytes, as: UTF8.self) } }

    private func time(_ second: Int) -> Timestamp? {
        Timestamp(rfc3339: "2026-01-02T03:04:\(second < 10 ? "0" : "")\(second)Z")
    }

    @Test func readsRotatedFilesOldestFirst() async throws {
        let scratch = try Scratch()
        try scratch.write(record(1, "one"), to: "container.log.2")
        try scratch.write(record(2, "two"), to: "container.log.1")
        try scratch.write(record(3, "three"), to: "container.log")
        #expect(texts(try await read(scratch)) == ["one", "two", "three"])
    }

    @Test func aMissingLogIsEmpty() async throws {
        let scratch = try Scratch()
        #expect(try await read(scratch).isEmpty)
    }

    @Test func keepsStreamTimeAndPartialTag() async throws {
        let scratch = try Scratch()
        let text = record(1, "be", tag: "P", stream: "stderr") + record(2, "gin", tag: "F", stream: "stderr")
        try scratch.write(text, to: "container.log")
        let lines = try await read(scratch)
        #expect(lines.map(\.stream) == [.stderr, .stderr])
        #expect(lines.map(\.isPartial) == [true, false])
        #expect(lines.first?.time == time(1)?.advanced(by: .nanoseconds(1)))
    }

    @Test func passesOverGarbageAndKeepsEmptyLines() async throws {
        let scratch = try Scratch()
        let text = record(1, "one") + "no record at all\n\n2026 stdout F x\n" + record(2, "") + record(3, "three")
        try scratch.write(text, to: "container.log")
        #expect(texts(try await read(scratch)) == ["one", "", "three"])
    }

    @Test func leavesOutARecordThatIsStillBeingWritten() async throws {
        let scratch = try Scratch()
        try scratch.write(record(1, "one") + "2026-01-02T03:04:02.000000001Z stdout F tw", to: "container.log")
        #expect(texts(try await read(scratch)) == ["one"])
        #expect(texts(try await read(scratch, LogOptions(tail: 1))) == ["one"])
    }

    @Test(arguments: [(0, ""), (1, "6"), (3, "456"), (5, "23456"), (99, "123456")])
    func tailCountsAcrossFiles(count: Int, expected: String) async throws {
        let scratch = try Scratch()
        try scratch.write(record(1, "1") + record(2, "2"), to: "container.log.2")
        try scratch.write(record(3, "3") + record(4, "4"), to: "container.log.1")
        try scratch.write(record(5, "5") + record(6, "6"), to: "container.log")
        #expect(texts(try await read(scratch, LogOptions(tail: count))).joined() == expected)
    }

    @Test func tailCountsALineInPiecesOnce() async throws {
        let scratch = try Scratch()
        let pieces = record(2, "b", tag: "P") + record(3, "c", tag: "P") + record(4, "d")
        try scratch.write(record(1, "a") + pieces + record(5, "e"), to: "container.log")
        #expect(texts(try await read(scratch, LogOptions(tail: 2))) == ["b", "c", "d", "e"])
    }

    @Test func tailOfALongLogFindsItsPlaceAcrossBlocks() async throws {
        let scratch = try Scratch()
        let lines = (0..<20_000).map { record($0 % 60, "line \($0)") }
        try scratch.write(lines.joined(), to: "container.log")
        let tail = texts(try await read(scratch, LogOptions(tail: 5000)))
        #expect(tail == (15_000..<20_000).map { "line \($0)" })
    }

    @Test func sinceAndUntilBoundTheLines() async throws {
        let scratch = try Scratch()
        try scratch.write(record(1, "1") + record(2, "2"), to: "container.log.1")
        try scratch.write(record(3, "3") + record(4, "4") + record(5, "5"), to: "container.log")
        let lines = try await read(scratch, LogOptions(since: time(2), until: time(4)))
        #expect(texts(lines) == ["2", "3"])
        #expect(texts(try await read(scratch, LogOptions(since: time(4)))) == ["4", "5"])
    }

    @Test func anEndlessLineIsPassedOver() async throws {
        let scratch = try Scratch()
        let monster = String(repeating: "x", count: 3 << 20)
        try scratch.write(record(1, "one") + record(2, monster) + record(3, "three"), to: "container.log")
        #expect(texts(try await read(scratch)) == ["one", "three"])
    }

    @Test func followsAcrossRotationUntilTheContainerEnds() async throws {
        let scratch = try Scratch()
        try scratch.write(record(1, "1"), to: "container.log")
        let isOver = Mutex(false)
        let reader = try FileLogReader(path: scratch.path + "/container.log", options: LogOptions(follow: true)) {
            isOver.withLock { $0 }
        }
        var lines = try await reader.next() ?? []
        try scratch.append(record(2, "2"), to: "container.log")
        lines += try await reader.next() ?? []
        try scratch.append(record(3, "3"), to: "container.log")
        try Files.rename(scratch.path + "/container.log", to: scratch.path + "/container.log.1")
        try scratch.write(record(4, "4"), to: "container.log")
        while lines.count < 4, let more = try await reader.next() { lines += more }
        try scratch.append(record(5, "5"), to: "container.log")
        isOver.withLock { $0 = true }
        while let more = try await reader.next() { lines += more }
        #expect(texts(lines) == ["1", "2", "3", "4", "5"])
    }

    @Test func followingCanBeCancelled() async throws {
        let scratch = try Scratch()
        let reader = try FileLogReader(path: scratch.path + "/container.log", options: LogOptions(follow: true)) {
            false
        }
        let task = Task { try await reader.next() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
