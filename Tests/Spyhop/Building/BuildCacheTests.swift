import Engine
import Testing

@testable import SpyhopCommands

struct BuildCacheTests {
    private static let now = Timestamp(seconds: 1_700_000_000)

    private static func record(
        _ id: Character, _ kind: BuildCacheRecord.Kind = .regular, size: Int64 = 1000, used minutes: Int64,
        inUse: Bool = false, shared: Bool = false
    ) -> BuildCacheRecord {
        let moment = Timestamp(seconds: now.seconds - 60 * minutes)
        return BuildCacheRecord(
            id: String(repeating: id, count: 64), kind: kind, description: "RUN \(id)", size: size, createdAt: moment,
            lastUsedAt: moment, uses: 2, isInUse: inUse, isShared: shared)
    }

    private static let all = [
        record("a", used: 5), record("b", used: 10, shared: true), record("c", used: 15, inUse: true),
        record("d", .source, used: 20), record("e", .cacheMount, used: 25),
    ]

    private static func chosen(_ change: (inout BuildCachePrune) -> Void) -> String {
        var prune = BuildCachePrune()
        change(&prune)
        return String(CachePruneChoice.records(all, prune).compactMap(\.id.first))
    }

    @Test func aPruneTakesWhatNobodyUsesOldestFirst() {
        #expect(Self.chosen { _ in } == "ea")
        #expect(Self.chosen { $0.all = true } == "edba")
        #expect(Self.chosen { $0.unusedSince = Timestamp(seconds: Self.now.seconds - 60 * 20) } == "e")
        #expect(Self.chosen { $0.kinds = [.regular] } == "a")
        #expect(Self.chosen { ($0.all, $0.ids) = (true, ["dd"]) } == "d")
        #expect(Self.chosen { ($0.all, $0.keepBytes) = (true, 3500) } == "ed")
        #expect(Self.chosen { ($0.all, $0.keepBytes) = (true, 5000) } == "")
    }

    @Test func whatAnImageStillHasGivesNothingBack() {
        #expect(CachePruneChoice.bytes(Self.all) == 4000)
        var prune = BuildCachePrune()
        prune.all = true
        #expect(PrunePart.buildCache(Self.all, prune).bytes == 3000)
    }

    @Test func usageIsBuildKitsTable() throws {
        let rows = Self.all.prefix(2).map { CacheRow.row($0, now: Self.now, marks: true) }
        let text = try ListFormat(nil, defaultTable: CacheRow.defaultTable).render(rows, headings: CacheRow.headings)
        #expect(
            text == """
                ID                          RECLAIMABLE   SIZE      LAST ACCESSED
                aaaaaaaaaaaaaaaaaaaaaaaaa   true          1kB       5 minutes ago
                bbbbbbbbbbbbbbbbbbbbbbbbb   true          1kB*      10 minutes ago

                """)
        #expect(
            CacheRow.totals(Self.all)
                == "Shared:         1kB\nPrivate:        4kB\nReclaimable:    3kB\nTotal:          5kB\n")
        #expect(CacheRow.details(Self.all[0], now: Self.now).hasPrefix("ID:             aaaa"))
    }

    @Test func theWholesTableHasALineForTheCache() throws {
        var usage = DiskUsage(images: [], containers: [], volumes: [], layers: 0, unusedLayers: 0)
        let empty = UsageRow.rows(usage).last?.value
        #expect(empty?.member("Type") == "Build Cache" && empty?.member("Size") == "0B")
        usage.buildCache = Self.all
        let row = UsageRow.rows(usage).last?.value
        #expect(row?.member("TotalCount") == "5" && row?.member("Active") == "1")
        #expect(row?.member("Size") == "5kB" && row?.member("Reclaimable") == "3kB")
        let tables = try UsageReport(usage, now: Self.now).tables()
        #expect(tables.contains("\nBuild cache usage: 5kB\n\nCACHE ID       CACHE TYPE"))
        #expect(tables.contains("aaaaaaaaaaaa   regular"))
    }

    @Test func filtersThatAreNotThereAreRefused() throws {
        let filter = try CacheFilter(["until=12m", "type=regular", "id=b"], now: Self.now)
        #expect(Self.all.filter(filter.allows).isEmpty)
        #expect(try Self.all.filter(CacheFilter(["until=12m"], now: Self.now).allows).count == 3)
        #expect(throws: EngineError.self) { _ = try CacheFilter(["type=x"], now: Self.now) }
        #expect(throws: EngineError.self) { _ = try CacheFilter(["label=x"], now: Self.now) }
    }
}
