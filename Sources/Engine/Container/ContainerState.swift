/// Where a container is in its life. The cases carry what is only true there.
public enum ContainerState: Sendable, Hashable, Codable {
    /// How a container's process ended.
    public struct Exit: Sendable, Hashable, Codable {
        /// The exit code as docker tells it: 0 to 255, 128+n for signal n.
        public var code: Int32
        /// The signal that ended the process, if one did.
        public var signal: Int32?
        /// The kernel's OOM killer ended it.
        public var oomKilled: Bool
        /// When the process that ended had started; `nil` when it never ran.
        public var startedAt: Timestamp?
        /// When it ended.
        public var finishedAt: Timestamp
        /// Why the container could not run at all, in a sentence.
        public var error: String?

        /// Makes an exit record.
        public init(
            code: Int32, signal: Int32? = nil, oomKilled: Bool = false, startedAt: Timestamp? = nil,
            finishedAt: Timestamp, error: String? = nil
        ) {
            self.code = code
            self.signal = signal
            self.oomKilled = oomKilled
            self.startedAt = startedAt
            self.finishedAt = finishedAt
            self.error = error
        }
    }

    case created
    case running(pid: Int32, startedAt: Timestamp)
    case paused(pid: Int32, startedAt: Timestamp)
    /// Ended, and its monitor waits to start it again.
    case restarting(last: Exit)
    case exited(Exit)
    /// Being removed, or left half-made by a crash.
    case dead

    /// Docker's word for the state: `created`, `running`, `paused`, `restarting`, `exited`, `dead`.
    public var name: String {
        switch self {
        case .created: "created"
        case .running: "running"
        case .paused: "paused"
        case .restarting: "restarting"
        case .exited: "exited"
        case .dead: "dead"
        }
    }

    /// The container's first process on the host, while there is one.
    public var pid: Int32? {
        switch self {
        case .running(let pid, _), .paused(let pid, _): pid
        default: nil
        }
    }

    /// The container has a process, moving or frozen.
    public var isAlive: Bool { pid != nil }

    /// When its present process started.
    public var startedAt: Timestamp? {
        switch self {
        case .running(_, let startedAt), .paused(_, let startedAt): startedAt
        case .restarting(let exit), .exited(let exit): exit.startedAt
        default: nil
        }
    }

    /// The newest exit, where there was one.
    public var exit: Exit? {
        switch self {
        case .restarting(let exit), .exited(let exit): exit
        default: nil
        }
    }
}
