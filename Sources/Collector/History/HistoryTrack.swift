import Engine

/// One subject's newest rows in memory, and which of them are not in its file yet.
struct HistoryTrack {
    /// The newest seconds, oldest first: what the small graphs in lists ask for again and again.
    private(set) var rows: [HistoryRow] = []
    /// How many at the end of `rows` are not in the file yet.
    private var unwritten = 0
    /// Coarser rows not in the file yet, the last one still growing.
    private var coarse: [HistoryRow] = []

    /// Rows kept in memory; twice as many before the older half is let go at once.
    static let kept = 128

    /// The second from which on `rows` has all that is known: nothing newer need be looked for in the file.
    private(set) var completeFrom: Int64

    /// Goes on where the file ended: `rows` are the newest that it has, complete from the second `completeFrom`.
    init(rows: [HistoryRow] = [], completeFrom: Int64 = .max) {
        self.rows = rows
        self.completeFrom = completeFrom
        let period = rows.last.map { $0.stamp / UInt32(HistoryLayout.period) }
        for row in rows where row.stamp / UInt32(HistoryLayout.period) == period { mergeCoarse(row) }
    }

    /// Adds a second's figures. `longestGap`: after fewer seconds than that the ones between are filled, because a
    /// round was only late, or rounds are further apart than a second.
    mutating func append(_ row: HistoryRow, longestGap: UInt32) {
        if let last = rows.last {
            if row.stamp == last.stamp {
                rows[rows.count - 1].merge(row)
                unwritten = max(unwritten, 1)
                mergeCoarse(row)
                return
            }
            if row.stamp < last.stamp {
                // The clock was set back: what is in memory now lies in the future.
                rows.removeAll()
                completeFrom = .max
                unwritten = 0
                coarse.removeAll()
            } else if row.stamp - last.stamp <= longestGap {
                for stamp in (last.stamp + 1)..<row.stamp { push(row.repeated(at: stamp)) }
            }
        }
        push(row)
        if rows.count >= Self.kept * 2 {
            rows.removeFirst(Self.kept)
            completeFrom = rows.first.map { Int64($0.stamp) } ?? .max
        }
        // Nobody writes here (another process does): no more than what is in memory can be due.
        unwritten = min(unwritten, rows.count)
    }

    /// Takes over what another track recorded since.
    mutating func goOn(with other: HistoryTrack, longestGap: UInt32) {
        for row in other.rows { append(row, longestGap: longestGap) }
    }

    /// What is due to be written; it counts as written then.
    mutating func takeUnwritten() -> (fine: ArraySlice<HistoryRow>, coarse: ArraySlice<HistoryRow>) {
        let due = (rows.suffix(unwritten), coarse[...])
        unwritten = 0
        coarse = coarse.suffix(1)
        return due
    }

    private mutating func push(_ row: HistoryRow) {
        rows.append(row)
        completeFrom = min(completeFrom, Int64(row.stamp))
        unwritten += 1
        mergeCoarse(row)
    }

    private mutating func mergeCoarse(_ row: HistoryRow) {
        let period = row.stamp / UInt32(HistoryLayout.period)
        if coarse.last?.stamp == period {
            coarse[coarse.count - 1].merge(row)
        } else {
            coarse.append(row.at(period))
            if coarse.count > Self.kept { coarse.removeFirst() }
        }
    }
}
