import Cgroups
import Engine
import Glibc
import LinuxSystem
import Runtime

extension LocalEngine {
    /// Stops it; does nothing when it does not run. See `ContainerLifecycle`.
    public func stop(_ reference: String, timeout: Int?, signal: Int32?) async throws {
        let (record, status) = try await settled(reference)
        // Its monitor tells of the stop, as it does of start, kill, pause and die.
        _ = try await stop(record, status, timeout: timeout, signal: signal)
    }

    /// Answers whether there was something to stop.
    func stop(_ record: ContainerRecord, _ status: MonitorStatus?, timeout: Int?, signal: Int32?) async throws -> Bool {
        guard let status, status.hasMonitor else { return false }
        let control = control(record.id)
        // Frozen processes do not hear a signal.
        if case .paused = status { try await control.resume() }
        // Docker's -1 waits for ever.
        let milliseconds = timeout.map { $0 < 0 ? Int32.max : Int32(clamping: $0 * 1000) }
        do {
            try await control.stop(signal: signal, timeoutMilliseconds: milliseconds)
        } catch let error as EngineError where error.code == .conflict {
            // It ended by itself in the meantime.
            guard self.status(record.id)?.hasMonitor != true else { throw error }
        }
        return true
    }

    /// A monitor that has told of its container's end still puts things away for a moment; whoever starts or removes the
    /// container next has to wait for that.
    func monitorEnd(_ id: ContainerID) async {
        var pause = Duration.microseconds(200)
        for _ in 0..<200 {
            guard (try? RecordLock.holder(of: paths(id).lock)) != nil else { return }
            guard (try? await Task.sleep(for: pause)) != nil else { return }
            pause = min(pause * 2, .milliseconds(20))
        }
    }

    /// Stops and starts it. See `ContainerLifecycle`.
    public func restart(_ reference: String, timeout: Int?, signal: Int32?) async throws {
        let (record, status) = try await settled(reference)
        _ = try await stop(record, status, timeout: timeout, signal: signal)
        guard let current = try records.record(record.id) else {
            throw EngineError(.notFound, "container \(record.name) was removed when it stopped")
        }
        _ = try await launch(current, attachment: nil, size: nil)
        emit("restart", current)
    }

    /// Sends a signal to its first process; `.conflict` unless it is running.
    public func kill(_ reference: String, signal: Int32) async throws {
        guard (1...64).contains(signal) else { throw EngineError(.invalidArgument, "\(signal) is no signal (1 to 64)") }
        let (record, status) = try await settled(reference)
        guard let status, status.hasMonitor else {
            throw EngineError(.conflict, "container \(record.name) is not running")
        }
        let control = control(record.id)
        if case .restarting = status {
            // There is no process to signal; what a person wants is that none comes.
            try await control.stop(signal: signal, timeoutMilliseconds: 0)
        } else {
            try await control.signal(signal)
        }
        if case .paused = status, signal == SIGKILL { try? await control.resume() }
    }

    /// Freezes all its processes; `.conflict` unless it runs and is not paused.
    public func pause(_ reference: String) async throws {
        let (record, status) = try await settled(reference)
        if case .paused = status { throw EngineError(.conflict, "container \(record.name) is already paused") }
        guard case .running = status else { throw EngineError(.conflict, "container \(record.name) is not running") }
        guard try !cgroup(record.id).paths.isEmpty else {
            throw EngineError(
                .unsupported, "cannot pause container \(record.name): it has no cgroup to be frozen in",
                hint: "spyhop doctor tells how this user gets one")
        }
        try await control(record.id).pause()
    }

    /// Lets a paused container go on; `.conflict` unless it is paused.
    public func unpause(_ reference: String) async throws {
        let (record, status) = try await settled(reference)
        guard case .paused = status else { throw EngineError(.conflict, "container \(record.name) is not paused") }
        try await control(record.id).resume()
    }

    /// Waits until it is not running; returns docker's exit code. A container that never ran counts as ended with 0.
    public func wait(_ reference: String) async throws -> Int32 {
        let record = try records.find(reference)
        var last: Int32 = 0
        while true {
            try Task.checkCancellation()
            guard let status = status(record.id) else { return last }
            switch status {
            case .absent: return last
            case .exited(let end), .failed(let end): return end.exit.code
            case .monitorKilled: return 137
            case .starting, .running, .paused, .restarting:
                do {
                    if let exit = try await control(record.id).wait() { last = exit.code }
                } catch let error as EngineError where error.code == .conflict || error.code == .system {
                    // The socket is gone a moment before the status says so, or not there yet.
                    try await Task.sleep(for: .milliseconds(2))
                }
            }
        }
    }
}
