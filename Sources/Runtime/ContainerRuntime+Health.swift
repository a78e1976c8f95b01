import CMonitorWire
import Engine
import Glibc
import LinuxSystem

extension ContainerRuntime {
    /// What the monitor of the container with this state directory has found out about its health; `nil` when it has
    /// written nothing yet.
    /// - Throws: `.corrupted` when the file is none of a monitor's, `.system` when it cannot be read.
    public static func health(directory: String) throws(EngineError) -> HealthReport? {
        let path = directory + "/health"
        let bytes: [UInt8]
        do throws(SystemError) { bytes = try Files.read(path, limit: 1 << 20) } catch {
            if error.number == ENOENT { return nil }
            throw EngineError(.system, "cannot read the container's health", cause: error)
        }
        guard let report = HealthReport(bytes) else {
            throw EngineError(.corrupted, "\(path) is not what a monitor writes")
        }
        return report
    }
}

extension ContainerHealth {
    /// Reads an `sph_health_state`; `nil` when nothing is checked.
    init?(wire: UInt32) {
        switch sph_health_state(wire) {
        case SPH_HEALTH_STARTING: self = .starting
        case SPH_HEALTH_HEALTHY: self = .healthy
        case SPH_HEALTH_UNHEALTHY: self = .unhealthy
        default: return nil
        }
    }
}

extension HealthReport {
    /// Reads a file `health`; `nil` when it is cut or none.
    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        guard let head = rest.take(sph_health.self), head.magic == SPH_HEALTH_MAGIC, head.version == SPH_WIRE_VERSION,
            let status = ContainerHealth(wire: head.state), head.count <= SPH_HEALTH_RESULTS
        else { return nil }
        self.init(status: status, failingStreak: Int(head.failing_streak))
        for _ in 0..<head.count {
            guard let facts = rest.take(sph_health_result.self), Int(facts.length) <= rest.count else { return nil }
            log.append(
                Result(
                    startedAt: Timestamp(nanoseconds: facts.started_at),
                    finishedAt: Timestamp(nanoseconds: facts.finished_at), exitCode: facts.exit_code,
                    output: String(decoding: rest.prefix(Int(facts.length)), as: UTF8.self)))
            rest = rest.dropFirst(Int(facts.length))
        }
    }
}

extension ArraySlice<UInt8> {
    /// Takes a plain C structure from the front; `nil` when there is not enough.
    fileprivate mutating func take<Value: BitwiseCopyable>(_ type: Value.Type) -> Value? {
        let size = MemoryLayout<Value>.size
        guard count >= size else { return nil }
        defer { self = dropFirst(size) }
        return prefix(size).withUnsafeBytes { $0.loadUnaligned(as: type) }
    }
}
