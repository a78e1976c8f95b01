import Engine

/// The order of the containers' table.
struct ContainerSort: Sendable, Hashable {
    var column: ContainerColumn
    var isReversed = false

    /// Asking for the same column again turns the order round.
    mutating func choose(_ other: ContainerColumn) {
        let other = other == .trace ? .cpu : other
        if column == other { isReversed.toggle() } else { self = ContainerSort(column: other) }
    }

    /// An arrow's direction for the header: names rise, figures fall.
    var isAscending: Bool { column.isNumeric == isReversed }

    /// The order changes with every round of figures.
    var followsFigures: Bool {
        switch column {
        case .name, .image, .state, .uptime: false
        default: true
        }
    }

    /// Sorts; what is equal stays in the order of the names, so that rows never dance.
    func sorted(_ containers: [Container], usage: [ContainerID: Usage]) -> [Container] {
        switch column {
        case .name: return ordered(containers, <) { NaturalOrder($0.name) }
        case .image: return ordered(containers, <) { NaturalOrder($0.image) }
        case .state: return ordered(containers, <) { Self.rank($0.state) }
        case .uptime:
            return ordered(containers, <) { container -> Int64 in
                container.state.isAlive ? container.state.startedAt?.nanoseconds ?? .max : .max
            }
        default: return ordered(containers, >) { figure(usage[$0.id]) }
        }
    }

    private func figure(_ usage: Usage?) -> Double {
        guard let usage else { return -1 }
        let value: Double
        switch column {
        case .cpu, .trace: value = usage.cpu
        case .memory: value = Double(usage.memory)
        case .memoryPercent: value = usage.memoryPercent
        case .receive: value = usage.receiveRate
        case .send: value = usage.sendRate
        case .read: value = usage.readRate
        case .write: value = usage.writeRate
        case .pids: value = Double(usage.pids)
        case .name, .image, .state, .uptime: value = 0
        }
        // Not a number would make the order contradict itself.
        return value.isNaN ? -1 : value
    }

    private func ordered<Key: Equatable>(
        _ containers: [Container], _ before: (Key, Key) -> Bool, by key: (Container) -> Key
    ) -> [Container] {
        let keyed = containers.map { (key: key($0), name: NaturalOrder($0.name), container: $0) }
        return keyed.sorted { left, right in
            if left.key != right.key { return isReversed ? before(right.key, left.key) : before(left.key, right.key) }
            if left.name != right.name { return left.name < right.name }
            return left.container.id < right.container.id
        }.map(\.container)
    }

    private static func rank(_ state: ContainerState) -> Int {
        switch state {
        case .running: 0
        case .restarting: 1
        case .paused: 2
        case .created: 3
        case .exited: 4
        case .dead: 5
        }
    }
}
