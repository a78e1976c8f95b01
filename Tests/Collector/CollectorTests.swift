import Cgroups
import Engine
import Glibc
import LinuxSystem
import Synchronization
import Testing

@testable import Collector

/// Targets that a test sets.
private final class Listing: SampleTargetListing {
    private let targets = Mutex<[SampleTarget]>([])

    func set(_ new: [SampleTarget]) { targets.withLock { $0 = new } }

    func sampleTargets() throws -> [SampleTarget] { targets.withLock { $0 } }
}

struct CollectorTests {
    private let id = ContainerID(rawValue: String(repeating: "cd", count: 32))

    /// A container made of plain files.
    private func target(in directory: String) throws -> SampleTarget {
        let texts = ["cpu.stat": "usage_usec 5\n", "memory.current": "4096\n", "memory.stat": "inactive_file 96\n"]
        for (name, text) in texts { try Files.writeAtomically(Array(text.utf8), to: directory + "/" + name) }
        return SampleTarget(id: id, pid: 0, cgroupPaths: ["unified": directory], usesHostNetwork: true)
    }

    private func collector(_ listing: Listing, history: String? = nil) throws -> Collector {
        let table = CgroupHierarchies(
            unified: .init(mountPoint: "/nonexistent", ownDirectory: "/nonexistent"), unifiedControllers: [], v1: [:])
        return try Collector(
            listing: listing, hierarchies: table,
            options: .init(interval: .milliseconds(50), firstInterval: .milliseconds(5), historyDirectory: history))
    }

    @Test func firstRoundHasHostAndContainers() async throws {
        let directory = try TemporaryDirectory()
        let listing = Listing()
        listing.set([try target(in: directory.path)])
        let collector = try collector(listing)
        defer { collector.stop(waiting: true) }
        try collector.start()
        let frame = try #require(await collector.frames().first { _ in true })
        #expect(frame.host.memory > 0 && frame.host.memoryLimit == collector.hostFacts.memoryTotal)
        #expect(frame.containers[id]?.memory == 4000)
        #expect(collector.hostFacts.cpuCount > 0 && !collector.hostFacts.kernel.isEmpty)
    }

    @Test func newContainersAppearAndEndedOnesGo() async throws {
        let directory = try TemporaryDirectory()
        let listing = Listing()
        let collector = try collector(listing)
        defer { collector.stop(waiting: true) }
        try collector.start()
        var seen: [Bool] = []
        for await frame in collector.frames() {
            let isThere = frame.containers[id] != nil
            if seen.last != isThere { seen.append(isThere) }
            if seen == [false] {
                listing.set([try target(in: directory.path)])
                collector.nudge()
            } else if seen == [false, true] {
                listing.set([])
                collector.nudge()
            } else {
                break
            }
        }
        #expect(seen == [false, true, false])
    }

    @Test func stoppingEndsStreamsAndWritesHistory() async throws {
        let directory = try TemporaryDirectory()
        let files = try TemporaryDirectory()
        let listing = Listing()
        listing.set([try target(in: files.path)])
        let collector = try collector(listing, history: directory.path)
        try collector.start()
        let frames = collector.frames()
        _ = await frames.first { _ in true }
        collector.stop(waiting: true)
        for await _ in frames {}
        for await _ in collector.frames() {}
        let query = HistoryQuery(subject: .container(id), metric: .memory, span: .seconds(10), points: 10)
        let kept = HistoryStore(directory: directory.path).values(query, now: Clock.realtime() / 1_000_000_000)
        #expect(kept.contains(4000))
    }

    @Test func aRoundsHistoryIsThereWhenItsFrameComes() async throws {
        let listing = Listing()
        let collector = try collector(listing)
        defer { collector.stop(waiting: true) }
        try collector.start()
        let query = HistoryQuery(subject: .host, metric: .memory, span: .seconds(5), points: 5)
        var rounds = 0
        for await _ in collector.frames() {
            #expect(collector.history(query).last != .some(nil))
            rounds += 1
            if rounds == 5 { break }
        }
    }

    @Test func aCollectorThatOnlyReadsLeavesNoFile() async throws {
        let directory = try TemporaryDirectory()
        let table = CgroupHierarchies(
            unified: .init(mountPoint: "/nonexistent", ownDirectory: "/nonexistent"), unifiedControllers: [], v1: [:])
        let collector = try Collector(
            listing: Listing(), hierarchies: table,
            options: .init(interval: .milliseconds(50), historyDirectory: directory.path, writesHistory: false))
        try collector.start()
        _ = await collector.frames().first { _ in true }
        collector.stop(waiting: true)
        #expect(try Files.list(directory.path).isEmpty)
    }

    @Test func onlyOneOfTwoCollectorsWritesAndBothAnswer() async throws {
        let directory = try TemporaryDirectory()
        let files = try TemporaryDirectory()
        let listing = Listing()
        listing.set([try target(in: files.path)])
        let lock = try FileLock(directory.path + "/lock")
        let collector = try collector(listing, history: directory.path)
        try collector.start()
        _ = await collector.frames().first { _ in true }
        let query = HistoryQuery(subject: .container(id), metric: .memory, span: .seconds(10), points: 10)
        #expect(collector.history(query).contains(4000))
        collector.stop(waiting: true)
        #expect(try Files.list(directory.path).map(\.name) == ["lock"])
        _ = consume lock
    }
}
