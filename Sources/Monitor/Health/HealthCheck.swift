import CLinux
import CMonitorWire

/// The container's health: its rules, what is going on, and the newest results.
final class HealthCheck {
    /// What the checking does.
    enum Activity {
        /// The container does not run, or is paused.
        case resting
        /// The next probe is due at this moment of the monotonic clock.
        case waiting(until: Int64)
        case probing(Probe)
    }

    var rules: HealthRules
    var activity = Activity.resting
    private var results: [HealthResult] = []

    init(_ plan: Plan) { rules = HealthRules(plan.header) }

    /// When something is due, by the monotonic clock.
    var deadline: Int64? {
        switch activity {
        case .resting: return nil
        case .waiting(let moment): return moment
        case .probing(let probe): return probe.deadline
        }
    }

    func begin(at moment: Int64) {
        rules.begin(at: moment)
        results.removeAll()
    }

    func keep(_ result: HealthResult) {
        if results.count == Int(SPH_HEALTH_RESULTS) { results.remove(at: 0) }
        results.append(result)
    }

    /// Replaces the file `health`. A full disk must not end the container, so what fails is passed over.
    func write(in directory: CString) {
        var size = MemoryLayout<sph_health>.size
        for result in results { size += MemoryLayout<sph_health_result>.size + result.output.count }
        var file = Text(capacity: size)
        var head = sph_health()
        head.magic = SPH_HEALTH_MAGIC
        head.version = SPH_WIRE_VERSION
        head.state = rules.state.rawValue
        head.failing_streak = rules.failingStreak
        head.count = UInt32(results.count)
        file.append(&head, count: MemoryLayout<sph_health>.size)
        for result in results {
            var facts = result.facts
            file.append(&facts, count: MemoryLayout<sph_health_result>.size)
            file.append(result.output.bytes, count: result.output.count)
        }
        let place = Descriptor(owning: monitor_open(directory, MONITOR_PATH_ONLY | O_DIRECTORY, 0))
        let temporary = ("health.tmp" as StaticString).c
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW
        let made = Descriptor(owning: monitor_openat(place.number, temporary, flags, 0o600))
        guard made.isOpen, monitor_write(made.number, file.bytes, file.count) == file.count else { return }
        _ = monitor_rename(place.number, temporary, ("health" as StaticString).c)
    }
}
