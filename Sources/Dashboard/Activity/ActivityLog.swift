import Engine

/// The newest things done from here, bounded: the oldest go first.
struct ActivityLog: Sendable, Hashable {
    private(set) var entries: [ActivityEntry] = []
    private var nextID = 1

    static let limit = 500
    /// A reason or a command line is kept no longer.
    static let textLimit = 2000

    /// Something begins; answers its number.
    @discardableResult
    mutating func begin(_ deed: String, _ target: String, command: String, at now: Timestamp) -> Int {
        let id = nextID
        nextID += 1
        entries.append(
            ActivityEntry(
                id: id, began: now, deed: deed, target: String(target.prefix(Self.textLimit)),
                command: String(command.prefix(Self.textLimit))))
        if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
        return id
    }

    /// It has ended: well, or with a reason.
    mutating func end(_ id: Int, failure: String? = nil, at now: Timestamp) {
        guard let index = entries.lastIndex(where: { $0.id == id }) else { return }
        entries[index].outcome = failure.map { .failed(String($0.prefix(Self.textLimit))) } ?? .done
        entries[index].ended = now
    }

    /// The oldest thing of that kind that still runs has ended: answers come in the order of the questions.
    mutating func end(_ deed: String, _ target: String, failure: String? = nil, at now: Timestamp) {
        let found = entries.first { $0.deed == deed && $0.target == target && $0.outcome == .running }
        if let found { end(found.id, failure: failure, at: now) }
    }

    /// How far the newest thing of that kind has come.
    mutating func report(_ deed: String, _ target: String, _ progress: String) {
        let index = entries.lastIndex { $0.deed == deed && $0.target == target && $0.outcome == .running }
        if let index { entries[index].progress = progress }
    }

    var running: [ActivityEntry] { entries.filter { $0.outcome == .running } }
}
