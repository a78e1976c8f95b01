import Engine

/// What a container does, by the file `status` of its monitor and the monitor's lock.
public enum MonitorStatus: Sendable, Hashable {
    /// A live container.
    public struct Life: Sendable, Hashable {
        /// The container's first process on the host and its start (field 22 of /proc/PID/stat).
        public var pid: Int32
        /// Field 22 of /proc/PID/stat: with `pid` it names the process for good.
        public var startTicks: UInt64
        /// When the present process started.
        public var startedAt: Timestamp
        /// The monitor's process on the host.
        public var monitorPID: Int32
        /// How often the monitor has started it again.
        public var restartCount: Int
        /// `nil` when nothing checks it.
        public var health: ContainerHealth?
    }

    /// How it ended.
    public struct End: Sendable, Hashable {
        /// Code, signal and times.
        public var exit: ContainerState.Exit
        /// How often the monitor has started it again.
        public var restartCount: Int
        /// By a person: `unless-stopped` does not start it again.
        public var wasStopped: Bool
        /// `nil` when nothing checked it.
        public var health: ContainerHealth?
    }

    /// It was never started.
    case absent
    case starting(monitorPID: Int32)
    case running(Life)
    case paused(Life)
    /// Ended, and the monitor waits to start it again.
    case restarting(last: End, monitorPID: Int32)
    case exited(End)
    /// It could not be started: its exit's code is 127 or 126 when its command is at fault, `error` says why.
    case failed(End)
    /// The monitor was killed; the container died with it (PR_SET_PDEATHSIG), at a moment that nobody saw. `pid` and
    /// `startTicks` say which process to look for when cleaning up.
    case monitorKilled(pid: Int32?, startTicks: UInt64, startedAt: Timestamp?, restartCount: Int)

    /// The state as every engine tells it. `absent` is `created`. A killed monitor's container reads as exited with 137
    /// at `observedAt`.
    public func state(observedAt: Timestamp) -> ContainerState {
        switch self {
        case .absent, .starting: .created
        case .running(let life): .running(pid: life.pid, startedAt: life.startedAt)
        case .paused(let life): .paused(pid: life.pid, startedAt: life.startedAt)
        case .restarting(let end, _): .restarting(last: end.exit)
        case .exited(let end), .failed(let end): .exited(end.exit)
        case .monitorKilled(_, _, let startedAt, _):
            .exited(
                ContainerState.Exit(
                    code: 137, signal: 9, startedAt: startedAt, finishedAt: observedAt, error: "its monitor was killed")
            )
        }
    }

    /// A monitor lives and answers on the socket.
    public var hasMonitor: Bool { monitorPID != nil }

    /// The monitor's process on the host while it lives.
    public var monitorPID: Int32? {
        switch self {
        case .starting(let pid), .restarting(_, let pid): pid
        case .running(let life), .paused(let life): life.monitorPID
        case .absent, .exited, .failed, .monitorKilled: nil
        }
    }

    /// What its health check says; of a container that does not run, that it is unhealthy, as docker has it.
    public var health: ContainerHealth? {
        switch self {
        case .running(let life), .paused(let life): life.health
        case .restarting(let end, _), .exited(let end), .failed(let end): end.health
        case .absent, .starting, .monitorKilled: nil
        }
    }

    /// How often the monitor has started it again.
    public var restartCount: Int {
        switch self {
        case .absent, .starting: 0
        case .running(let life), .paused(let life): life.restartCount
        case .restarting(let end, _), .exited(let end), .failed(let end): end.restartCount
        case .monitorKilled(_, _, _, let count): count
        }
    }
}
