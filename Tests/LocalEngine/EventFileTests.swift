import Engine
import LinuxSystem
import Testing

@testable import LocalEngine

struct EventFileTests {
    private func event(_ second: Int64, _ action: String, _ attributes: [String: String] = [:]) -> Event {
        Event(
            time: Timestamp(seconds: second), type: .container, action: action, actorID: "ab\"c\\d",
            attributes: attributes)
    }

    @Test func readsBackWhatWasWritten() async throws {
        let scratch = try Scratch()
        let file = EventFile(path: scratch.path + "/events.jsonl")
        let written = event(5, "die", ["name": "w\u{1}\"ü\n", "exitCode": "3"])
        try file.append(written)
        let reader = try FileEventReader(path: file.path, since: Timestamp(seconds: 1), until: Timestamp(seconds: 9))
        #expect(try await reader.next() == [written])
        #expect(try await reader.next() == nil)
    }

    @Test func theLineIsWhatMonitorsWrite() throws {
        let line = #"{"time":{"nanoseconds":7},"type":"container","action":"oom","actorID":"x","attributes":{"a":"b"}}"#
        let expected = Event(
            time: Timestamp(nanoseconds: 7), type: .container, action: "oom", actorID: "x", attributes: ["a": "b"])
        #expect(EventLine.event(Array(line.utf8)[...]) == expected)
        #expect(EventLine.bytes(expected) == Array((line + "\n").utf8))
    }

    @Test func passesOverGarbageAndReadsTheRotatedFileFirst() async throws {
        let scratch = try Scratch()
        let file = EventFile(path: scratch.path + "/events.jsonl")
        try file.append(event(1, "create"))
        try Files.rename(file.path, to: file.path + ".1")
        try scratch.write("{\"half\n", to: "events.jsonl")
        try file.append(event(2, "start"))
        let reader = try FileEventReader(path: file.path, since: Timestamp(seconds: 0), until: Timestamp(seconds: 9))
        var actions: [String] = []
        while let events = try await reader.next() { actions += events.map(\.action) }
        #expect(actions == ["create", "start"])
    }

    @Test func rotatesByItsSize() throws {
        let scratch = try Scratch()
        let file = EventFile(path: scratch.path + "/events.jsonl")
        try scratch.write(String(repeating: "x", count: Int(EventFile.maximumSize)), to: "events.jsonl")
        try file.append(event(1, "create"))
        #expect(!Files.exists(file.path))
        try file.append(event(2, "start"))
        #expect(try #require(try Files.status(file.path)).size < 1000)
        #expect(try #require(try Files.status(file.path + ".1")).size > EventFile.maximumSize)
    }

    @Test func severalReadersWaitForNewEvents() async throws {
        let scratch = try Scratch()
        let file = EventFile(path: scratch.path + "/events.jsonl")
        try file.append(event(1, "before"))
        let readers = try (0..<3).map { _ in try FileEventReader(path: file.path, since: nil, until: nil) }
        let tasks = readers.map { reader in Task { try await reader.next()?.map(\.action) } }
        try file.append(event(2, "after"))
        for task in tasks { #expect(try await task.value == ["after"]) }
    }

    @Test func waitingCanBeCancelled() async throws {
        let scratch = try Scratch()
        let reader = try FileEventReader(path: scratch.path + "/events.jsonl", since: nil, until: nil)
        let task = Task { try await reader.next() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
