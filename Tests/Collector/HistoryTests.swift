import Engine
import Glibc
import LinuxSystem
import Testing

@testable import Collector

/// A directory that goes away with its test.
final class TemporaryDirectory {
    let path: String

    init() throws {
        var template = Array("/tmp/spyhop-history-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw SystemError.last("mkdtemp") }
        path = String(cString: made)
    }

    deinit { try? Files.removeTree(path) }
}

struct HistoryTests {
    private let id = ContainerID(rawValue: String(repeating: "ab", count: 32))
    /// A multiple of the period, far from any edge of the rings.
    private let start: Int64 = 1_799_999_970

    private func frame(at second: Int64, cpu: Double, host: Double = 0) -> StatisticsFrame {
        var usage = Usage(time: Timestamp(seconds: second))
        usage.cpu = cpu
        var hostUsage = usage
        hostUsage.cpu = host
        return StatisticsFrame(time: usage.time, host: hostUsage, containers: [id: usage])
    }

    private func query(_ seconds: Int, _ points: Int, _ metric: HistoryQuery.Metric = .cpu) -> HistoryQuery {
        HistoryQuery(subject: .container(id), metric: metric, span: .seconds(seconds), points: points)
    }

    private func fill(_ store: HistoryStore, from: Int64, count: Int64, value: (Int64) -> Double) throws {
        for second in from..<(from + count) {
            store.record(frame(at: second, cpu: value(second)), longestGap: 3)
            if second % 5 == 0 { try store.flush() }
        }
        try store.flush()
    }

    @Test func newestSecondsAreAnsweredOneByOne() throws {
        let store = HistoryStore(directory: nil)
        try fill(store, from: start, count: 10) { Double($0 - start) }
        #expect(store.values(query(5, 5), now: start + 9) == [5, 6, 7, 8, 9])
        #expect(store.values(query(12, 12), now: start + 9).prefix(2) == [nil, nil])
        #expect(store.values(query(5, 5, .cpuPressure), now: start + 9) == [nil, nil, nil, nil, nil])
        #expect(store.values(query(5, 0), now: start + 9).isEmpty)
        #expect(store.values(query(5, -3), now: start + 9).isEmpty)
    }

    @Test func moreSecondsThanPointsMergeByMaximumOnFixedBorders() throws {
        let store = HistoryStore(directory: nil)
        try fill(store, from: start, count: 100) { $0 == start + 50 ? 90 : 1 }
        var positions: Set<Int64> = []
        for now in (start + 60)..<(start + 99) {
            let query = query(60, 20)
            let values = store.values(query, now: now)
            let grid = HistoryBuckets(now: now, query: query).grid
            #expect(values.count == 20)
            if let peak = values.firstIndex(of: 90) { positions.insert(grid.first + Int64(peak)) }
        }
        // The peak stays in the one point of absolute time that holds it.
        #expect(positions == [(start + 50) / 3])
    }

    @Test(arguments: [(60, 54), (60, 60), (60, 150), (300, 97), (7200, 133)])
    func pointsFillTheSpanAndStayInTheirPlace(span: Int, points: Int) throws {
        let directory = try TemporaryDirectory()
        let store = HistoryStore(directory: directory.path)
        try fill(store, from: start, count: 7300) { $0 == start + 7290 ? 90 : 1 }
        let query = query(span, points)
        var places: Set<Range<Int64>> = []
        for now in (start + 7290)..<(start + 7300) {
            let values = store.values(query, now: now)
            #expect(values.count == points && values.allSatisfy { $0 != nil })
            let first = HistoryBuckets(now: now, query: query).grid.first
            let peaks = values.indices.filter { values[$0] == 90 }.map { first + Int64($0) }
            if let low = peaks.first, let high = peaks.last { places.insert(low..<(high + 1)) }
        }
        #expect(places.count == 1)
    }

    @Test func aFileTakenUpLateContinuesWithWhatWasRecordedMeanwhile() throws {
        let directory = try TemporaryDirectory()
        try fill(HistoryStore(directory: directory.path), from: start, count: 20) { Double($0 - start) }
        let store = HistoryStore(directory: directory.path)
        store.record(frame(at: start + 20, cpu: 20), longestGap: 3)
        #expect(store.values(query(5, 5), now: start + 20) == [16, 17, 18, 19, 20])
        store.open(.container(id), now: start + 20)
        #expect(store.values(query(5, 5), now: start + 20) == [16, 17, 18, 19, 20])
        try store.flush()
        let again = HistoryStore(directory: directory.path).values(query(21, 21), now: start + 20)
        #expect(again == (0...20).map { Double($0) })
    }

    @Test func answersSurviveARestart() throws {
        let directory = try TemporaryDirectory()
        let first = HistoryStore(directory: directory.path)
        try fill(first, from: start, count: 400) { Double($0 % 97) }
        let second = HistoryStore(directory: directory.path)
        for points in [400, 100, 7] {
            let wanted = first.values(query(400, points), now: start + 399)
            #expect(second.values(query(400, points), now: start + 399) == wanted)
            #expect(wanted.allSatisfy { $0 != nil })
        }
    }

    @Test func ringsWrapAndKeepADayCoarsely() throws {
        let directory = try TemporaryDirectory()
        let store = HistoryStore(directory: directory.path)
        try fill(store, from: start, count: 9000) { Double($0 - start) }
        let now = start + 8999
        let fresh = HistoryStore(directory: directory.path)
        let hour = fresh.values(query(3600, 3600), now: now)
        #expect(hour.first == 5400 && hour.last == 8999)
        let long = fresh.values(query(9000, 300), now: now)
        // Every point holds one whole period, so its maximum is the period's last second.
        #expect(long.count == 300)
        let lastSeconds = (0..<300).map { (period: Int) -> Double? in Double(period * 30 + 29) }
        #expect(long == lastSeconds)
        let size = try #require(try Files.status(store.path(of: .container(id)) ?? "")).size
        #expect(size <= HistoryLayout.fileSize)
    }

    @Test func aPointKeepsItsValueWhenItGrowsOld() throws {
        let directory = try TemporaryDirectory()
        let store = HistoryStore(directory: directory.path)
        try fill(store, from: start, count: 3600) { Double(($0 * 7919) % 1000) }
        let query = query(7200, 60)
        let early = store.values(query, now: start + 3599)
        try fill(store, from: start + 3600, count: 900) { Double(($0 * 7919) % 1000) }
        let late = store.values(query, now: start + 4499)
        let shift = Int((start + 4499) / 120 - (start + 3599) / 120)
        #expect(shift > 0)
        for index in 31..<59 { #expect(late[index - shift] == early[index]) }
    }

    @Test func latenessIsFilledAndStandstillIsNot() throws {
        let store = HistoryStore(directory: nil)
        for second in [0, 1, 3, 9] {
            store.record(frame(at: start + Int64(second), cpu: Double(second)), longestGap: 3)
        }
        #expect(store.values(query(10, 10), now: start + 9) == [0, 1, 3, 3, nil, nil, nil, nil, nil, 9])
    }

    @Test func clockSetBackStartsAnewWithoutHarm() throws {
        let directory = try TemporaryDirectory()
        let store = HistoryStore(directory: directory.path)
        try fill(store, from: start, count: 20) { _ in 5 }
        try fill(store, from: start - 1000, count: 20) { _ in 7 }
        #expect(store.values(query(20, 20), now: start - 981) == Array(repeating: 7, count: 20))
    }

    @Test(arguments: ["", "x", "SPHHIST1", String(repeating: "z", count: 5000)])
    func damagedFilesBeginAnew(content: String) throws {
        let directory = try TemporaryDirectory()
        let store = HistoryStore(directory: directory.path)
        let path = try #require(store.path(of: .container(id)))
        try Files.writeAtomically(Array(content.utf8), to: path)
        #expect(store.values(query(5, 5), now: start) == [nil, nil, nil, nil, nil])
        store.open(.container(id), now: start)
        try fill(store, from: start, count: 5) { _ in 3 }
        #expect(HistoryStore(directory: directory.path).values(query(5, 5), now: start + 4) == [3, 3, 3, 3, 3])
    }

    @Test func damagedRowsAreGapsAndNothingElse() throws {
        let directory = try TemporaryDirectory()
        let store = HistoryStore(directory: directory.path)
        try fill(store, from: start, count: 10) { _ in 3 }
        let path = try #require(store.path(of: .container(id)))
        var bytes = try Files.read(path)
        let place = Int(HistoryLayout.Ring.fine.offset(of: start + 4))
        bytes.replaceSubrange(place..<(place + 4), with: [1, 2, 3, 4])
        let infinity = Int(HistoryLayout.Ring.fine.offset(of: start + 6)) + 4
        withUnsafeBytes(of: Float.infinity.bitPattern) { bytes.replaceSubrange(infinity..<(infinity + 4), with: $0) }
        try Files.writeAtomically(Array(bytes), to: path)
        let values = HistoryStore(directory: directory.path).values(query(10, 10), now: start + 9)
        #expect(values == [3, 3, 3, 3, nil, 3, nil, 3, 3, 3])
    }

    @Test func forgottenAndOutgrownFilesGo() throws {
        let directory = try TemporaryDirectory()
        let store = HistoryStore(directory: directory.path, byteLimit: 1)
        try fill(store, from: start, count: 5) { _ in 1 }
        let path = try #require(store.path(of: .container(id)))
        #expect(Files.exists(path))
        store.forget(id)
        #expect(!Files.exists(path))
        try fill(store, from: start + 5, count: 5) { _ in 1 }
        #expect(Files.exists(path))
        store.prune(now: Clock.realtime() / 1_000_000_000)
        #expect(!Files.exists(path))
    }

    @Test func endedContainersFilesAreNotMadeAgain() throws {
        let directory = try TemporaryDirectory()
        let store = HistoryStore(directory: directory.path)
        try fill(store, from: start, count: 5) { _ in 1 }
        store.record(frame(at: start + 5, cpu: 2), longestGap: 3)
        store.close(.container(id))
        let path = try #require(store.path(of: .container(id)))
        try Files.remove(path)
        try store.flush()
        #expect(!Files.exists(path))
    }

    @Test(arguments: ["../../etc/passwd", "", "a/b", "..", "a b c d e f g"])
    func identifiersThatAreNoNamesGetNoFile(text: String) {
        let store = HistoryStore(directory: "/nonexistent")
        #expect(store.path(of: .container(ContainerID(rawValue: text))) == nil)
    }
}
