/// The container's process (runtime-spec, config.md, "Process").
public struct Process: Sendable, Hashable, Codable {
    /// It runs on a pseudo-terminal.
    public var terminal: Bool?
    /// The terminal's size at the start.
    public var consoleSize: Box?
    /// Absolute path in the container.
    public var cwd: String
    /// `NAME=value`.
    public var env: [String]?
    /// The program and its arguments.
    public var args: [String]?
    /// Resource limits.
    public var rlimits: [POSIXRlimit]?
    /// Capability sets.
    public var capabilities: LinuxCapabilities?
    /// Programs it executes gain no privileges (no_new_privs).
    public var noNewPrivileges: Bool?
    /// The AppArmor profile that it runs under.
    public var apparmorProfile: String?
    /// How readily the OOM killer takes it, -1000 to 1000.
    public var oomScoreAdj: Int?
    /// How it is scheduled.
    public var scheduler: Scheduler?
    /// The SELinux label that it runs with.
    public var selinuxLabel: String?
    /// Its I/O priority.
    public var ioPriority: LinuxIOPriority?
    /// Which processors a process of `exec` may use.
    public var execCPUAffinity: CPUAffinity?
    /// Whom it runs as; root where the configuration names nobody.
    public var user: User

    /// Makes a process.
    public init(
        terminal: Bool? = nil, consoleSize: Box? = nil, cwd: String, env: [String]? = nil, args: [String]? = nil,
        rlimits: [POSIXRlimit]? = nil, capabilities: LinuxCapabilities? = nil, noNewPrivileges: Bool? = nil,
        apparmorProfile: String? = nil, oomScoreAdj: Int? = nil, scheduler: Scheduler? = nil,
        selinuxLabel: String? = nil, ioPriority: LinuxIOPriority? = nil, execCPUAffinity: CPUAffinity? = nil,
        user: User = User()
    ) {
        self.terminal = terminal
        self.consoleSize = consoleSize
        self.cwd = cwd
        self.env = env
        self.args = args
        self.rlimits = rlimits
        self.capabilities = capabilities
        self.noNewPrivileges = noNewPrivileges
        self.apparmorProfile = apparmorProfile
        self.oomScoreAdj = oomScoreAdj
        self.scheduler = scheduler
        self.selinuxLabel = selinuxLabel
        self.ioPriority = ioPriority
        self.execCPUAffinity = execCPUAffinity
        self.user = user
    }

    /// A terminal's size in character cells.
    public struct Box: Sendable, Hashable, Codable {
        /// Rows.
        public var height: UInt32
        /// Columns.
        public var width: UInt32

        /// Makes a size.
        public init(height: UInt32, width: UInt32) {
            self.height = height
            self.width = width
        }
    }
}
