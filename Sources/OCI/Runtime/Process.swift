/// The container's process (runtime-spec, config.md, "Process").
public struct Process: Sendable, Hashable, Codable {
    public var terminal: Bool?
    public var consoleSize: Box?
    /// Absolute path in the container.
    public var cwd: String
    /// `NAME=value`.
    public var env: [String]?
    public var args: [String]?
    public var rlimits: [POSIXRlimit]?
    public var capabilities: LinuxCapabilities?
    public var noNewPrivileges: Bool?
    public var oomScoreAdj: Int?
    public var user: User

    /// Makes a process.
    public init(
        terminal: Bool? = nil, consoleSize: Box? = nil, cwd: String, env: [String]? = nil, args: [String]? = nil,
        rlimits: [POSIXRlimit]? = nil, capabilities: LinuxCapabilities? = nil, noNewPrivileges: Bool? = nil,
        oomScoreAdj: Int? = nil, user: User = User()
    ) {
        self.terminal = terminal
        self.consoleSize = consoleSize
        self.cwd = cwd
        self.env = env
        self.args = args
        self.rlimits = rlimits
        self.capabilities = capabilities
        self.noNewPrivileges = noNewPrivileges
        self.oomScoreAdj = oomScoreAdj
        self.user = user
    }

    /// A terminal's size in character cells.
    public struct Box: Sendable, Hashable, Codable {
        public var height: UInt32
        public var width: UInt32

        /// Makes a size.
        public init(height: UInt32, width: UInt32) {
            self.height = height
            self.width = width
        }
    }
}
