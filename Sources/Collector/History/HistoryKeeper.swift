import Engine
import LinuxSystem

/// The collector thread's side of history: records each round and writes every few seconds, if it is the one that writes.
struct HistoryKeeper: ~Copyable {
    private let store: HistoryStore
    private var lock: FileLock?
    private var roundOfFlush: Int64 = 0
    private var roundOfLock: Int64 = .min
    private var roundOfPruning: Int64 = .min

    /// What a `kill -9` can cost, seconds.
    private static let flushEvery: Int64 = 5
    /// How soon another collector takes over when the writing one ends, seconds.
    private static let lockEvery: Int64 = 10
    private static let pruneEvery: Int64 = 600

    init(_ store: HistoryStore) {
        self.store = store
    }

    func open(_ subject: HistoryQuery.Subject) { store.open(subject, now: Clock.realtime() / 1_000_000_000) }

    func close(_ subject: HistoryQuery.Subject) { store.close(subject) }

    /// Keeps a round in memory.
    func record(_ frame: StatisticsFrame, interval: Int64) {
        // A round late by one is still the same measurement going on.
        let gap = UInt32(clamping: interval / 1_000_000_000 + 2)
        store.record(frame, longestGap: gap)
        store.recordCores(frame, longestGap: gap)
    }

    /// Writes when it is time to.
    mutating func writeWhenDue() {
        let now = Clock.monotonic() / 1_000_000_000
        guard now - roundOfFlush >= Self.flushEvery else { return }
        roundOfFlush = now
        write(now)
    }

    /// Writes what is left and gives the lock up.
    mutating func finish() {
        write(Clock.monotonic() / 1_000_000_000)
        lock = nil
    }

    private mutating func write(_ now: Int64) {
        guard let directory = store.directory, store.writes else { return }
        if lock == nil && (roundOfLock == .min || now - roundOfLock >= Self.lockEvery) {
            roundOfLock = now
            try? Files.makeDirectories(directory, mode: 0o700)
            lock = (try? FileLock.attempt(directory + "/lock")) ?? nil
        }
        guard lock != nil else {
            store.skipFlush()
            return
        }
        if roundOfPruning == .min || now - roundOfPruning >= Self.pruneEvery {
            roundOfPruning = now
            store.prune(now: Clock.realtime() / 1_000_000_000)
        }
        // A full disk costs history and nothing else; the rows in memory still answer.
        try? store.flush()
    }
}
