import CMonitorWire

/// Whether and when a container starts again, with docker's pauses: 100 ms, doubled up to a minute, and back to
/// 100 ms after ten seconds of good running.
struct RestartRule {
    private static let shortest: Int64 = 100_000_000
    private static let longest: Int64 = 60_000_000_000
    private static let goodRun: Int64 = 10_000_000_000

    private var kind: sph_restart
    private var retries: UInt32
    private var inARow: UInt32 = 0
    private var pause: Int64 = 0

    init(kind: UInt32, retries: UInt32) {
        self.kind = sph_restart(rawValue: kind)
        self.retries = retries
    }

    mutating func change(kind: UInt32, retries: UInt32) {
        self.kind = sph_restart(rawValue: kind)
        self.retries = retries
    }

    /// The pause before the next start, in nanoseconds; nil when the container stays ended.
    mutating func pause(afterExit code: Int32, running time: Int64) -> Int64? {
        if time >= Self.goodRun {
            pause = 0
            inARow = 0
        }
        switch kind {
        case SPH_RESTART_ALWAYS, SPH_RESTART_UNLESS_STOPPED: break
        case SPH_RESTART_ON_FAILURE where code != 0 && (retries == 0 || inARow < retries): break
        default: return nil
        }
        inARow &+= 1
        pause = pause == 0 ? Self.shortest : min(pause * 2, Self.longest)
        return pause
    }
}
