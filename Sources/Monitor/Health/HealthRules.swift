import CMonitorWire

/// Docker's rules for a container's health: decides, and does nothing.
struct HealthRules {
    private let interval: Int64
    private let startPeriod: Int64
    private let startInterval: Int64
    private let retries: UInt32
    private(set) var state = SPH_HEALTH_STARTING
    private(set) var failingStreak: UInt32 = 0
    /// When the container's program began to run, by the monotonic clock.
    private var began: Int64 = 0

    init(_ header: sph_plan_header) {
        interval = Int64(clamping: header.health_interval)
        startPeriod = Int64(clamping: header.health_start_period)
        startInterval = Int64(clamping: header.health_start_interval)
        retries = max(header.health_retries, 1)
    }

    /// The container runs, now or again: nothing is known of it.
    mutating func begin(at moment: Int64) {
        state = SPH_HEALTH_STARTING
        failingStreak = 0
        began = moment
    }

    /// Nothing runs that could be healthy, or nobody looks.
    mutating func end() { state = SPH_HEALTH_UNHEALTHY }

    /// When the next probe is due, seen from `now`: more often while a container that is given time to start has not yet
    /// been seen healthy.
    func next(after now: Int64) -> Int64 {
        let isStarting = now - began < startPeriod && state == SPH_HEALTH_STARTING
        let pause = isStarting ? startInterval : interval
        let (moment, overflow) = now.addingReportingOverflow(pause)
        return overflow ? Int64.max : moment
    }

    /// Takes a probe's result in; answers whether the state is another now.
    mutating func take(exitCode: Int32, startedAt moment: Int64) -> Bool {
        let before = state
        if exitCode == 0 {
            failingStreak = 0
            state = SPH_HEALTH_HEALTHY
        } else if state != SPH_HEALTH_STARTING || moment - began >= startPeriod {
            failingStreak = failingStreak &+ 1
            if failingStreak >= retries { state = SPH_HEALTH_UNHEALTHY }
        }
        return state != before
    }
}
