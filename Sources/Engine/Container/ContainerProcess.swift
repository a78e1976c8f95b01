/// A process of a container, as the host sees it.
public struct ContainerProcess: Sendable, Hashable {
    /// Its number on the host.
    public var pid: Int32
    /// Its parent's number on the host.
    public var parent: Int32
    /// Its number in the container; `nil` where the engine does not know it.
    public var innerPID: Int32?
    /// When it started, in clock ticks since boot: together with the number it names a process for good.
    public var startTicks: UInt64?
    /// The user's name on the host, or his number.
    public var user: String
    /// The kernel's letter for its state: `R`, `S`, `D`, `Z`, `T`.
    public var state: String
    /// Its threads.
    public var threads: Int
    /// Bytes of memory in use by it (resident set).
    public var memory: Int64
    /// Nanoseconds of CPU time that it has used.
    public var cpuTime: Int64
    /// When it started.
    public var startedAt: Timestamp?
    /// Program and arguments.
    public var command: String

    /// A process.
    public init(
        pid: Int32, parent: Int32, innerPID: Int32? = nil, startTicks: UInt64? = nil, user: String, state: String = "",
        threads: Int = 1, memory: Int64 = 0, cpuTime: Int64 = 0, startedAt: Timestamp? = nil, command: String
    ) {
        self.pid = pid
        self.parent = parent
        self.innerPID = innerPID
        self.startTicks = startTicks
        self.user = user
        self.state = state
        self.threads = threads
        self.memory = memory
        self.cpuTime = cpuTime
        self.startedAt = startedAt
        self.command = command
    }
}
