import CLinux
import CMonitorWire

/// What came of one probe.
final class HealthResult {
    let facts: sph_health_result
    let output: Text

    init(_ probe: Probe, late: CString) {
        var facts = sph_health_result()
        var words = Text(capacity: strlen(late) + probe.output.count + 128)
        facts.exit_code = probe.exitCode ?? -1
        if probe.isLate {
            facts.exit_code = -1
            words.append(late)
            if probe.output.count > 0 { words.append(": ") }
        } else if Self.explain(probe.failure, &words) {
            facts.exit_code = -1
        } else if probe.exitCode == nil {
            words.append("the health check ended without a result")
        }
        words.append(probe.output.bytes, count: probe.output.count)
        if probe.isCut { words.append("...") }
        facts.started_at = probe.startedAt
        facts.finished_at = monitor_realtime()
        facts.length = UInt32(words.count)
        self.facts = facts
        output = words
    }

    /// A probe that could not be started at all.
    init(error: Int32) {
        var words = Text(capacity: 128)
        _ = Self.explain(error, &words)
        var facts = sph_health_result()
        facts.exit_code = -1
        facts.started_at = monitor_realtime()
        facts.finished_at = facts.started_at
        facts.length = UInt32(words.count)
        self.facts = facts
        output = words
    }

    /// False when there is nothing to explain.
    private static func explain(_ error: Int32, _ words: inout Text) -> Bool {
        guard error != 0 else { return false }
        words.append("cannot run the health check: ")
        switch error {
        case ENOENT, ENOTDIR: words.append("executable file not found in $PATH")
        case EACCES, EPERM: words.append("permission denied")
        default:
            words.append("error ")
            words.append(number: Int64(error))
        }
        return true
    }
}
