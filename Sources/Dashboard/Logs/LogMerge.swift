import Engine

/// Puts the lines of several logs in the order of their times; each log's own order stays.
enum LogMerge {
    static func merged(_ lists: [[LogWindow.Line]]) -> [LogWindow.Line] {
        let lists = lists.filter { !$0.isEmpty }
        guard lists.count > 1 else { return lists.first ?? [] }
        var result: [LogWindow.Line] = []
        result.reserveCapacity(lists.reduce(0) { $0 + $1.count })
        var next = [Int](repeating: 0, count: lists.count)
        while true {
            var chosen: Int?
            for index in lists.indices where next[index] < lists[index].count {
                guard let best = chosen else {
                    chosen = index
                    continue
                }
                if lists[index][next[index]].time < lists[best][next[best]].time { chosen = index }
            }
            guard let chosen else { return result }
            result.append(lists[chosen][next[chosen]])
            next[chosen] += 1
        }
    }

    /// Pages of several logs as one page. Where one of them ends before its log does, what the others have beyond that moment
    /// is left for the next page.
    static func page(_ pages: [LogPage], isBackward: Bool) -> (lines: [LogWindow.Line], isLast: Bool) {
        var lists = pages.enumerated().map { source, page in
            page.lines.map { LogWindow.Line($0, source: source) }
        }
        let unfinished = pages.filter { !$0.isLast }
        if pages.count > 1 {
            if isBackward, let cut = unfinished.compactMap({ $0.lines.first?.time }).max() {
                lists = lists.map { list in Array(list.drop { $0.time < cut }) }
            } else if !isBackward, let cut = unfinished.compactMap({ $0.lines.last?.time }).min() {
                lists = lists.map { list in list.lastIndex { $0.time <= cut }.map { Array(list[...$0]) } ?? [] }
            }
        }
        return (merged(lists), unfinished.isEmpty)
    }
}
