import Engine
import Testing

@testable import LocalEngine

struct RecordStoreTests {
    private func store(_ scratch: Scratch) -> RecordStore { RecordStore(path: scratch.path + "/spyhop.db") {} }

    private func record(_ digits: String, _ name: String, created: Int64 = 1) -> ContainerRecord {
        ContainerRecord(
            id: ContainerID(rawValue: digits + String(repeating: "0", count: 64 - digits.utf8.count)), name: name,
            image: "busybox", imageID: ImageID(rawValue: "sha256:1"), createdAt: Timestamp(nanoseconds: created),
            command: ["sh", "-c", "", "a\nb"], labels: ["k": "v", "empty": ""],
            restartPolicy: .onFailure(maximumRetries: 3), autoRemove: false, networkMode: .host,
            limits: ResourceLimits(memory: 64 << 20),
            mounts: [MountSpec(source: .bind(path: "/a", createMissing: true), target: "/b")])
    }

    private let definition = ContainerDefinition(
        spec: ContainerSpec(image: "busybox"), environment: ["A=1"], workingDirectory: "/", user: "", hostname: "h",
        stopSignal: 15, stopTimeout: 10, layers: ["aa"])

    @Test func everyFieldComesBack() throws {
        let scratch = try Scratch()
        let record = record("ab", "one")
        try store(scratch).insert(record, definition)
        let other = store(scratch)
        #expect(try other.all() == [record])
        #expect(try other.definition(record.id) == definition)
    }

    @Test func aTakenNameNamesItsHolder() throws {
        let scratch = try Scratch()
        let store = store(scratch)
        try store.insert(record("ab", "one"), definition)
        let error = #expect(throws: EngineError.self) { try store.insert(record("cd", "one"), definition) }
        #expect(error?.code == .conflict)
        #expect(error?.message.contains("ab0000000000") == true)
        try store.insert(record("ef", "two"), definition)
        #expect(throws: EngineError.self) { try store.rename(record("ef", "two").id, to: "one") }
    }

    @Test func namesComeBeforePrefixesAndCrowdsAreTold() throws {
        let scratch = try Scratch()
        let store = store(scratch)
        try store.insert(record("abc1", "one"), definition)
        try store.insert(record("abc2", "two"), definition)
        try store.insert(record("ddd", "abc"), definition)
        #expect(try store.find("abc1").name == "one")
        #expect(try store.find("abc").name == "abc")
        #expect(try store.find("/two").name == "two")
        #expect(try store.find(record("abc2", "").id.rawValue).name == "two")
        let crowd = #expect(throws: EngineError.self) { try store.find("ab") }
        #expect(crowd?.code == .conflict)
        let nobody = #expect(throws: EngineError.self) { try store.find("xyz") }
        #expect(nobody?.code == .notFound)
        #expect(throws: EngineError.self) { try store.find("") }
    }

    @Test func theListSeesWhatOtherConnectionsWrite() throws {
        let scratch = try Scratch()
        let first = store(scratch)
        let second = store(scratch)
        #expect(try first.all().isEmpty)
        try second.insert(record("ab", "one", created: 1), definition)
        try second.insert(record("cd", "two", created: 2), definition)
        #expect(try first.all().map(\.name) == ["two", "one"])
        try first.rename(record("ab", "").id, to: "uno")
        try first.update(record("cd", "").id, limits: ResourceLimits(pids: 5), restartPolicy: .always)
        #expect(try second.all().map(\.name) == ["two", "uno"])
        #expect(try second.all().first?.limits.pids == 5)
        #expect(try second.delete(record("ab", "").id))
        #expect(try !second.delete(record("ab", "").id))
        #expect(try first.all().count == 1)
    }

    @Test func manyConnectionsOpenANewDatabaseAtOnce() async throws {
        let scratch = try Scratch()
        let path = scratch.path + "/spyhop.db"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                let record = record("a\(number)", "name\(number)")
                group.addTask { [definition] in try RecordStore(path: path) {}.insert(record, definition) }
            }
            try await group.waitForAll()
        }
        #expect(try store(scratch).all().count == 8)
    }
}
