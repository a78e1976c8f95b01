import OCI

/// What a container does, told from what the host shows of it.
struct BundleStatus: Hashable {
    /// Its first process is there and no zombie.
    var isAlive: Bool
    /// Its process was made; before that its creator is at work, or was.
    var hasProcess: Bool
    var creatorIsAlive: Bool
    /// The fifo that its process waits at.
    var hasFifo: Bool
    var isFrozen: Bool

    var status: State.Status {
        guard hasProcess else { return creatorIsAlive ? .creating : .stopped }
        guard isAlive else { return .stopped }
        if hasFifo { return .created }
        return isFrozen ? .paused : .running
    }
}
