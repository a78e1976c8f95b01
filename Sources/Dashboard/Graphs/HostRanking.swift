import Engine

/// Which containers take most of the host, slowly changing: a graph in which colours jump says nothing.
struct HostRanking: Sendable {
    /// How many are told apart; the rest is "other".
    static let size = 7
    /// Each keeps its place, and with it its colour, as long as it is among them.
    private(set) var places = [ContainerID?](repeating: nil, count: HostRanking.size)
    private var averages: [ContainerID: Double] = [:]
    private var rankedAt: Int64 = .min / 2

    /// Seconds between two rankings.
    private static let pause: Int64 = 10

    /// Takes in a round.
    mutating func follow(_ frame: StatisticsFrame, cores: Int, memory: UInt64) {
        var next: [ContainerID: Double] = [:]
        next.reserveCapacity(frame.containers.count)
        for (id, usage) in frame.containers {
            let processor = usage.cpu / (100 * Double(max(1, cores)))
            let share = max(processor, Double(usage.memory) / Double(max(1, memory)))
            next[id] = averages[id].map { $0 * 0.9 + share * 0.1 } ?? share
        }
        let isEmptier = places.contains { $0.map { next[$0] == nil } ?? (next.count >= Self.size) }
        averages = next
        let second = frame.time.seconds
        guard isEmptier || abs(second - rankedAt) >= Self.pause || places.allSatisfy({ $0 == nil }) else { return }
        rankedAt = second
        rank()
    }

    private mutating func rank() {
        // Of equals the identifier decides, so that the same figures give the same picture.
        let best = averages.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.prefix(Self.size)
        var fresh = best.map(\.key)
        for index in places.indices {
            guard let id = places[index] else { continue }
            if let found = fresh.firstIndex(of: id) { fresh.remove(at: found) } else { places[index] = nil }
        }
        for index in places.indices where places[index] == nil && !fresh.isEmpty { places[index] = fresh.removeFirst() }
    }
}
