import Engine
import LinuxSystem
import Testing

@testable import Collector

/// What is kept beside the first ten figures.
struct HistoryMetricTests {
    private let id = ContainerID(rawValue: String(repeating: "ab", count: 32))
    private let start: Int64 = 1_799_999_970

    private func frame(at second: Int64, _ change: (inout Usage) -> Void) -> StatisticsFrame {
        var usage = Usage(time: Timestamp(seconds: second))
        change(&usage)
        return StatisticsFrame(time: usage.time, host: usage, containers: [id: usage])
    }

    private func query(_ metric: HistoryQuery.Metric, seconds: Int = 3, points: Int = 3) -> HistoryQuery {
        HistoryQuery(subject: .container(id), metric: metric, span: .seconds(seconds), points: points)
    }

    @Test func smallFiguresAreNearTheirValuesAndInTheirOrder() {
        var last: UInt16 = 0
        var value: Float = 0
        while value < 1e14 {
            let code = SmallFigure.code(value)
            #expect(code >= last)
            last = code
            let back = SmallFigure.value(code)
            #expect(value < 0.00005 || abs(back - value) <= value / 2000)
            value = value * 1.07 + 0.0001
        }
        #expect(SmallFigure.value(SmallFigure.code(0)) == 0 && SmallFigure.value(SmallFigure.code(100)) == 100)
        #expect(SmallFigure.code(.nan) == SmallFigure.missing && SmallFigure.code(-1) == SmallFigure.missing)
        #expect(SmallFigure.value(SmallFigure.missing).isNaN && SmallFigure.code(.infinity) == .max)
        #expect(SmallFigure.code(0) > SmallFigure.missing)
    }

    @Test func everyKindOfFigureSurvivesARestart() throws {
        let directory = try TemporaryDirectory()
        let store = HistoryStore(directory: directory.path)
        let wanted: [(HistoryQuery.Metric, Double)] = [
            (.throttled, 12), (.throttledPeriods, 40), (.anonymous, 1048576), (.file, 3145728), (.kernel, 65536),
            (.slab, 32768), (.shared, 16384), (.swap, 8192), (.memoryLimit, 67108864), (.oomKills, 2),
            (.cpuPressureFull, 5), (.memoryPressureFull, 6), (.ioPressureFull, 7), (.cpuUser, 30), (.cpuSystem, 20),
        ]
        let frame = frame(at: start) { usage in
            (usage.cpuThrottled, usage.throttledPeriods) = (12, 40)
            (usage.memoryAnonymous, usage.memoryFile) = (1 << 20, 3 << 20)
            (usage.memoryKernel, usage.memorySlab) = (1 << 16, 1 << 15)
            (usage.memoryShared, usage.swap) = (1 << 14, 1 << 13)
            (usage.isMemoryLimited, usage.memoryLimit, usage.newOOMKills) = (true, 1 << 26, 2)
            (usage.cpuUser, usage.cpuSystem) = (30, 20)
            var pressure = Sample.Pressure()
            (pressure.cpuFull, pressure.memoryFull, pressure.ioFull) = (5, 6, 7)
            usage.pressure = pressure
        }
        store.record(frame, longestGap: 3)
        try store.flush()
        let fresh = HistoryStore(directory: directory.path)
        let answers = fresh.values(wanted.map { query($0.0) }, now: start)
        for (answer, (metric, value)) in zip(answers, wanted) {
            #expect(answer == [nil, nil, value], "\(metric)")
            #expect(fresh.values(query(metric), now: start) == answer)
        }
    }

    @Test func aKillIsCountedOnceThoughARoundCameLate() {
        let store = HistoryStore(directory: nil)
        store.record(frame(at: start) { _ in }, longestGap: 3)
        store.record(frame(at: start + 2) { $0.newOOMKills = 1 }, longestGap: 3)
        #expect(store.values(query(.oomKills), now: start + 2) == [0, 0, 1])
    }

    @Test func coresAreKeptForAnHourInMemory() throws {
        let directory = try TemporaryDirectory()
        let store = HistoryStore(directory: directory.path)
        for second in 0..<4000 {
            let frame = frame(at: start + Int64(second)) { $0.cores = [Float(second % 100), 100] }
            store.recordCores(frame, longestGap: 3)
        }
        let now = start + 3999
        #expect(store.values(query(.core(0)), now: now) == [97, 98, 99])
        #expect(store.values(query(.core(1)), now: now) == [100, 100, 100])
        #expect(store.values(query(.core(2)), now: now) == [nil, nil, nil])
        #expect(store.values(query(.core(-1)), now: now) == [nil, nil, nil])
        #expect(store.values(query(.core(0), seconds: 3600, points: 36), now: now).allSatisfy { $0 != nil })
        // Older than an hour there is nothing, and nothing of it is on the disk.
        #expect(store.values(query(.core(0), seconds: 3), now: start + 100) == [nil, nil, nil])
        #expect(try Files.list(directory.path).isEmpty)
    }

    @Test func coresOfMoreContainersThanAnybodyLooksAtAreLetGo() {
        let store = HistoryStore(directory: nil)
        let ids = (0..<40).map { ContainerID(rawValue: String(repeating: "c", count: 20) + "\($0)") }
        for (second, id) in ids.enumerated() {
            var usage = Usage(time: Timestamp(seconds: start + Int64(second)))
            usage.cores = [50]
            store.recordCores(
                StatisticsFrame(time: usage.time, host: usage, containers: [id: usage]), longestGap: 3)
        }
        let now = start + 39
        let known = ids.filter { id in
            let query = HistoryQuery(subject: .container(id), metric: .core(0), span: .seconds(60), points: 60)
            return store.values(query, now: now).contains { $0 != nil }
        }
        #expect(known == Array(ids.suffix(16)))
        let host = HistoryQuery(subject: .host, metric: .core(0), span: .seconds(40), points: 40)
        #expect(store.values(host, now: now).allSatisfy { $0 == 50 })
    }

    @Test(arguments: [(60, 54), (60, 60), (60, 150), (300, 97), (3600, 133), (86_400, 96), (86_400, 4000)])
    func aPlaceOfTheGridKnowsItsSecond(span: Int, points: Int) {
        for now in start..<(start + 40) {
            let grid = HistoryGrid(now: now, span: .seconds(span), points: points)
            var last = Int64.min
            for place in 0..<grid.count {
                let second = grid.second(at: place)
                #expect(grid.places(of: second).contains(place))
                #expect(second >= last)
                last = second
            }
            #expect(grid.places(of: now).contains(grid.count - 1))
        }
    }
}
