import Engine
import Glibc
import LinuxSystem
import Synchronization

/// The bounded history of the host and of every container: the newest in memory, all of it in files, one a subject.
///
/// Several processes may collect at once: one of them, the holder of the directory's lock, writes; all read.
/// A file holds an hour of seconds and a day of half minutes and never grows beyond 481 KiB.
public final class HistoryStore: Sendable {
    /// Where the files are; `nil` keeps history in memory only.
    let directory: String?
    /// All files together, bytes.
    private let byteLimit: Int64
    /// Whether what is recorded here goes into the files.
    let writes: Bool
    private let tracks = Mutex<[HistoryQuery.Subject: HistoryTrack]>([:])
    /// Of the host, and of containers that somebody looks at closely.
    private let cores = Mutex<[HistoryQuery.Subject: CoreTrack]>([:])

    /// Containers whose cores are kept at the same time; the one that had none for longest gives way.
    private static let mostCoreTracks = 16

    /// Makes a store; touches no file yet.
    /// - Parameter writes: `false` only reads the files, as somebody who looks for a moment does.
    public init(directory: String?, byteLimit: Int64 = 64 << 20, writes: Bool = true) {
        self.directory = directory
        self.byteLimit = byteLimit
        self.writes = writes
    }

    /// Goes on with what a subject's file has; what was recorded before this call follows it.
    func open(_ subject: HistoryQuery.Subject, now: Int64) {
        let first = now - Int64(HistoryTrack.kept) + 1
        var rows: [HistoryRow] = []
        if let path = path(of: subject), let file = HistoryFile.reading(path) {
            file.forEach(in: .fine, from: first, to: now) { rows.append($0) }
        }
        tracks.withLock { tracks in
            var track = HistoryTrack(rows: rows, completeFrom: first)
            if let fresh = tracks[subject] { track.goOn(with: fresh, longestGap: Self.longestBreak) }
            tracks[subject] = track
        }
    }

    /// Keeps a round's figures.
    func record(_ frame: StatisticsFrame, longestGap: UInt32) {
        let stamp = UInt32(clamping: frame.time.seconds)
        tracks.withLock { tracks in
            tracks[.host, default: HistoryTrack()].append(
                HistoryRow(stamp: stamp, usage: frame.host), longestGap: longestGap)
            for (id, usage) in frame.containers {
                tracks[.container(id), default: HistoryTrack()].append(
                    HistoryRow(stamp: stamp, usage: usage), longestGap: longestGap)
            }
        }
    }

    /// Keeps the loads of cores where there are some.
    func recordCores(_ frame: StatisticsFrame, longestGap: UInt32) {
        let stamp = UInt32(clamping: frame.time.seconds)
        cores.withLock { tracks in
            func add(_ usage: Usage, of subject: HistoryQuery.Subject) {
                guard !usage.cores.isEmpty else { return }
                if tracks[subject].map({ $0.cores < usage.cores.count }) ?? true {
                    tracks[subject] = CoreTrack(cores: usage.cores.count)
                }
                tracks[subject]?.append(usage.cores, at: stamp, longestGap: longestGap)
            }
            add(frame.host, of: .host)
            for (id, usage) in frame.containers { add(usage, of: .container(id)) }
            while tracks.count > Self.mostCoreTracks + 1,
                let oldest = tracks.filter({ $0.key != .host }).min(by: { $0.value.last < $1.value.last })
            {
                tracks[oldest.key] = nil
            }
        }
    }

    /// The answer to a query, seen at the second `now`.
    func values(_ query: HistoryQuery, now: Int64) -> [Double?] { values([query], now: now).first ?? [] }

    /// The answers to queries, seen at the second `now`; those about one subject and span are read in one go.
    func values(_ queries: [HistoryQuery], now: Int64) -> [[Double?]] {
        var buckets = queries.map { HistoryBuckets(now: now, query: $0) }
        var rest = Set(queries.indices)
        for index in queries.indices where rest.contains(index) {
            let one = queries[index]
            let alike = rest.filter { other in
                queries[other].subject == one.subject && queries[other].span == one.span
                    && queries[other].points == one.points
            }
            rest.subtract(alike)
            fill(&buckets, alike.sorted(), queries, now: now)
        }
        return buckets.map(\.values)
    }

    /// Answers queries that differ in nothing but the metric.
    private func fill(_ buckets: inout [HistoryBuckets], _ alike: [Int], _ queries: [HistoryQuery], now: Int64) {
        guard let lead = alike.first, !buckets[lead].values.isEmpty else { return }
        let subject = queries[lead].subject
        let start = buckets[lead].grid.firstSecond
        var rowed: [Int] = []
        for index in alike {
            if case .core(let core) = queries[index].metric {
                let track = cores.withLock { $0[subject] }
                track?.forEach(core: core, from: start, to: now) { buckets[index].add($0, at: $1) }
            } else {
                rowed.append(index)
            }
        }
        guard !rowed.isEmpty else { return }
        forEachRow(of: subject, from: start, to: now) { row, second in
            for index in rowed { buckets[index].add(row.value(of: queries[index].metric), at: second) }
        }
    }

    /// Hands over what is known from `start` to `now`: coarse rows, then fine ones, from the file and from memory.
    private func forEachRow(
        of subject: HistoryQuery.Subject, from start: Int64, to now: Int64, _ body: (HistoryRow, Int64) -> Void
    ) {
        let (rows, complete) = tracks.withLock { tracks -> ([HistoryRow], Int64) in
            guard let track = tracks[subject] else { return ([], .max) }
            return (track.rows, track.completeFrom)
        }
        let firstInMemory = min(complete, now + 1)
        if start < firstInMemory, let path = path(of: subject), let file = HistoryFile.reading(path) {
            let firstFine = max(start, now - HistoryLayout.fineSpan + 1)
            if start < firstFine {
                // A period is counted whole, also the one that the finer rows have begun to fall out of.
                let period = HistoryLayout.period
                file.forEach(in: .coarse, from: start / period, to: firstFine / period) { row in
                    body(row, Int64(row.stamp) * period)
                }
            }
            file.forEach(in: .fine, from: firstFine, to: min(now, firstInMemory - 1)) { body($0, Int64($0.stamp)) }
        }
        for row in rows where Int64(row.stamp) <= now { body(row, Int64(row.stamp)) }
    }

    /// Drops the history of a container that is removed, also from the disk.
    public func forget(_ id: ContainerID) {
        let subject = HistoryQuery.Subject.container(id)
        _ = tracks.withLock { $0.removeValue(forKey: subject) }
        _ = cores.withLock { $0.removeValue(forKey: subject) }
        if let path = path(of: subject) { try? Files.remove(path) }
    }

    /// Lets go of a subject that is no longer measured; its file stays.
    func close(_ subject: HistoryQuery.Subject) {
        guard let track = tracks.withLock({ $0.removeValue(forKey: subject) }) else { return }
        closing.withLock { $0[subject] = track }
    }

    /// Subjects that ended with rows still to be written.
    private let closing = Mutex<[HistoryQuery.Subject: HistoryTrack]>([:])

    /// Writes what is due. Called by the holder of the lock alone.
    func flush() throws(SystemError) {
        let ended = closing.withLock { closing in
            defer { closing.removeAll() }
            return closing
        }
        for (subject, var track) in ended { try write(track.takeUnwritten(), of: subject, makes: false) }
        let subjects = tracks.withLock { Array($0.keys) }
        for subject in subjects {
            guard let due = tracks.withLock({ $0[subject]?.takeUnwritten() }) else { continue }
            try write(due, of: subject, makes: true)
        }
    }

    /// Forgets what is due, because another process writes it.
    func skipFlush() { closing.withLock { $0.removeAll() } }

    private func write(
        _ due: (fine: ArraySlice<HistoryRow>, coarse: ArraySlice<HistoryRow>), of subject: HistoryQuery.Subject,
        makes: Bool
    ) throws(SystemError) {
        guard !due.fine.isEmpty, let path = path(of: subject),
            let file = try HistoryFile.writing(path, makes: makes)
        else { return }
        try file.write(due.fine, to: .fine)
        try file.write(due.coarse, to: .coarse)
    }

    /// Removes files that nobody wrote for longer than they remember, then the oldest until all fit the limit.
    func prune(now: Int64) {
        guard let directory, let entries = try? Files.list(directory) else { return }
        var files: [(path: String, changed: Int64, size: Int64)] = []
        for entry in entries where entry.name.hasSuffix(Self.ending) {
            let path = directory + "/" + entry.name
            guard let status = try? Files.status(path) else { continue }
            let age = now - status.modifiedAt / 1_000_000_000
            if age > HistoryLayout.coarseSpan + 3600 {
                try? Files.remove(path)
            } else {
                files.append((path, status.modifiedAt, status.blocks * 512))
            }
        }
        var total = files.reduce(0) { $0 + $1.size }
        for file in files.sorted(by: { $0.changed < $1.changed }) where total > byteLimit {
            try? Files.remove(file.path)
            total -= file.size
        }
    }

    /// A dashboard opened again within so many seconds leaves no gap; nor does what another one has not written yet, which
    /// is five seconds at most.
    private static let longestBreak: UInt32 = 6
    private static let ending = ".history"

    /// The subject's file; `nil` when there is no directory, or the identifier is none that could name a file.
    func path(of subject: HistoryQuery.Subject) -> String? {
        guard let directory else { return nil }
        switch subject {
        case .host: return directory + "/host" + Self.ending
        case .container(let id):
            let isPlain = id.rawValue.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte) || (0x41...0x5a).contains(byte)
            }
            guard isPlain, (12...128).contains(id.rawValue.utf8.count) else { return nil }
            return "\(directory)/\(id.rawValue)\(Self.ending)"
        }
    }
}
