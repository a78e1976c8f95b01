import Engine

/// What happened to containers lately: bounded, in the order of time.
struct EventMarks: Sendable {
    private(set) var all: [EventMark] = []
    /// Everything since then is known, as far as there is room.
    private(set) var knownFrom: Timestamp?

    /// More than any screen has columns.
    static let most = 4096

    /// What the engine has just told.
    mutating func add(_ events: [Event]) {
        for event in events {
            guard let mark = EventMark(event) else { continue }
            insert(mark)
        }
        trim()
    }

    /// What was read of the past.
    mutating func fill(_ marks: [EventMark], since: Timestamp) {
        for mark in marks { insert(mark) }
        knownFrom = min(knownFrom ?? since, since)
        trim()
    }

    private mutating func insert(_ mark: EventMark) {
        // Nearly always the newest, and told twice where the past and the present meet.
        var place = all.count
        while place > 0, all[place - 1].time > mark.time { place -= 1 }
        var same = place
        while same > 0, all[same - 1].time == mark.time {
            if all[same - 1] == mark { return }
            same -= 1
        }
        all.insert(mark, at: place)
    }

    private mutating func trim() {
        if all.count > Self.most { all.removeFirst(all.count - Self.most) }
    }

    /// The marks of some containers in a span of seconds.
    func marks(of containers: Set<ContainerID>, from first: Int64, to last: Int64) -> [EventMark] {
        all.filter { containers.contains($0.container) && $0.time.seconds >= first && $0.time.seconds <= last }
    }

    /// The next mark of some containers before or after a second.
    func next(of containers: Set<ContainerID>, after second: Int64, direction: Int) -> EventMark? {
        direction > 0
            ? all.first { containers.contains($0.container) && $0.time.seconds > second }
            : all.last { containers.contains($0.container) && $0.time.seconds < second }
    }
}
