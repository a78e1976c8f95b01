import Engine

/// What is known of the volumes' sizes: counting walks through all that is in them, so it goes on beside everything else.
struct VolumeCount: Sendable {
    private enum Phase: Sendable, Hashable {
        case idle
        case counting
        case done(Timestamp)
    }

    /// Bytes by volume, as counted last.
    private(set) var sizes: [String: Int64] = [:]
    private(set) var failure: String?
    private var phase = Phase.idle

    var isCounting: Bool { phase == .counting }

    /// Seconds for which a count is good enough.
    private static let age: Int64 = 60

    /// Whether to count now; then it counts as begun.
    mutating func begin(_ now: Timestamp) -> Bool {
        switch phase {
        case .counting: return false
        case .done(let moment) where Format.age(of: moment, now: now) < Self.age: return false
        case .idle, .done: break
        }
        phase = .counting
        return true
    }

    /// A volume has come or gone.
    mutating func markStale() { if !isCounting { phase = .idle } }

    /// Nobody looks any more.
    mutating func stop() { if isCounting { phase = .idle } }

    mutating func receive(_ result: Result<[Volume], EngineError>, now: Timestamp) {
        // An answer to what was given up says nothing.
        guard isCounting else { return }
        phase = .done(now)
        switch result {
        case .success(let volumes):
            failure = nil
            sizes = Dictionary(
                volumes.compactMap { volume in volume.size.map { (volume.reference, $0) } }, uniquingKeysWith: { $1 })
        case .failure(let error): failure = "\(error)"
        }
    }

    /// The list with what was counted.
    func filling(_ volumes: [Volume]) -> [Volume] {
        volumes.map { volume in
            var volume = volume
            volume.size = volume.size ?? sizes[volume.reference]
            return volume
        }
    }
}
