import Engine

/// A container's processes on the screen: sorted, or as the tree that parents make; with what they use between two looks.
struct ProcessRows: Sendable {
    enum Column: String, Sendable, Hashable, CaseIterable {
        case pid, user, cpu, memory, threads, time, started, command

        var title: String {
            switch self {
            case .pid: "PID"
            case .user: "USER"
            case .cpu: "CPU%"
            case .memory: "MEM"
            case .threads: "THR"
            case .time: "TIME"
            case .started: "START"
            case .command: "COMMAND"
            }
        }

        /// The larger ones are of more interest.
        var beginsDescending: Bool { [.cpu, .memory, .threads, .time].contains(self) }
    }

    struct Row: Sendable, Hashable {
        var process: ContainerProcess
        /// Per cent of one CPU since the look before; `nil` at the first one.
        var cpu: Double?
        /// How deep in the tree; 0 in a list.
        var depth = 0
    }

    private struct Key: Hashable {
        var pid: Int32
        var ticks: UInt64?
    }

    private(set) var rows: [Row] = []
    private(set) var column = Column.pid
    private(set) var isDescending = false
    private(set) var isTree = true
    private(set) var index = 0
    var scroll = 0
    private var processes: [ContainerProcess] = []
    private var cpu: [Key: Double] = [:]
    private var lookedAt: Duration?

    var selected: ContainerProcess? { rows.indices.contains(index) ? rows[index].process : nil }

    /// What a further look has found.
    /// - Parameter now: by a clock that only goes forward.
    mutating func take(_ other: [ContainerProcess], at now: Duration) {
        let before = Dictionary(
            processes.map { (Key(pid: $0.pid, ticks: $0.startTicks), $0.cpuTime) },
            uniquingKeysWith: { first, _ in first })
        let passed = lookedAt.map { (now - $0) / .nanoseconds(1) } ?? 0
        cpu = [:]
        if passed > 0 {
            for process in other {
                let key = Key(pid: process.pid, ticks: process.startTicks)
                if let old = before[key] {
                    cpu[key] = max(0, Double(process.cpuTime) - Double(old)) / passed * 100
                } else if process.startTicks != nil {
                    // It has begun since.
                    cpu[key] = Double(process.cpuTime) / passed * 100
                }
            }
        }
        lookedAt = now
        processes = other
        arrange()
    }

    mutating func sort(by other: Column) {
        if other == column, !isTree { isDescending.toggle() } else { isDescending = other.beginsDescending }
        column = other
        isTree = false
        arrange()
    }

    mutating func toggleTree() {
        isTree.toggle()
        arrange()
    }

    mutating func select(_ wanted: Int) { index = min(max(0, wanted), max(0, rows.count - 1)) }

    mutating func move(_ step: Int) {
        select(ScrollMath.moved(index, by: step))
    }

    mutating func keepVisible(_ height: Int) {
        scroll = ScrollMath.keeping(index, in: height, of: rows.count, scroll: scroll)
    }

    private mutating func arrange() {
        let chosen = selected.map { Key(pid: $0.pid, ticks: $0.startTicks) }
        let all = processes.map { Row(process: $0, cpu: cpu[Key(pid: $0.pid, ticks: $0.startTicks)]) }
        rows = isTree ? Self.tree(all) : sorted(all)
        if let chosen,
            let place = rows.firstIndex(where: { Key(pid: $0.process.pid, ticks: $0.process.startTicks) == chosen })
        {
            index = place
        }
        select(index)
    }

    private func sorted(_ all: [Row]) -> [Row] {
        func comes(_ one: Row, _ other: Row) -> Bool? {
            func order<Value: Comparable>(_ left: Value, _ right: Value) -> Bool? { left == right ? nil : left < right }
            let (left, right) = (one.process, other.process)
            switch column {
            case .pid: return order(left.pid, right.pid)
            case .user: return order(left.user, right.user)
            case .cpu: return order(one.cpu ?? -1, other.cpu ?? -1)
            case .memory: return order(left.memory, right.memory)
            case .threads: return order(left.threads, right.threads)
            case .time: return order(left.cpuTime, right.cpuTime)
            case .started: return order(left.startTicks ?? 0, right.startTicks ?? 0)
            case .command: return order(left.command, right.command)
            }
        }
        return all.sorted { one, other in
            guard let comes = comes(one, other) else { return one.process.pid < other.process.pid }
            return comes != isDescending
        }
    }

    /// Children below their parents, by number; who has no parent among them is a root.
    private static func tree(_ all: [Row]) -> [Row] {
        let own = Set(all.map(\.process.pid))
        let byParent = Dictionary(grouping: all.sorted { $0.process.pid < $1.process.pid }, by: \.process.parent)
        var found: [Row] = []
        var seen: Set<Int32> = []
        var waiting = all.filter { !own.contains($0.process.parent) || $0.process.parent == $0.process.pid }
            .sorted { $0.process.pid > $1.process.pid }
        while let next = waiting.popLast() {
            guard seen.insert(next.process.pid).inserted else { continue }
            found.append(next)
            for var child in (byParent[next.process.pid] ?? []).reversed() {
                child.depth = next.depth + 1
                waiting.append(child)
            }
        }
        // Numbers that were given anew while they were read can make a ring.
        return found + all.filter { !seen.contains($0.process.pid) }
    }
}
