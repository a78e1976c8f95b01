/// A request for a container: what `create` and `run` were asked for, before the image's defaults are merged in.
public struct ContainerSpec: Sendable, Hashable, Codable {
    /// Size limits of the log files (docker's `max-size` and `max-file`).
    public struct LogRotation: Sendable, Hashable, Codable {
        /// Bytes after which a log file is rotated.
        public var maximumSize: Int64
        /// Files kept, the current one included.
        public var maximumFiles: Int
        /// Ten files of 10 MiB unless told otherwise.
        public init(maximumSize: Int64 = 10 << 20, maximumFiles: Int = 10) {
            self.maximumSize = maximumSize
            self.maximumFiles = maximumFiles
        }
    }

    /// Which seccomp filter the process gets.
    public enum SeccompProfile: Sendable, Hashable, Codable {
        /// Docker's default allow list, compiled in.
        case standard
        case unconfined
        /// A profile in docker's JSON format, its text.
        case custom(json: String)
    }

    /// A reference or an identifier, as the person gave it.
    public var image: String
    /// `nil`: a name is made up.
    public var name: String?
    /// Replaces the image's `Cmd`; empty keeps it.
    public var command: [String]
    /// `nil` keeps the image's; `[]` clears it.
    public var entrypoint: [String]?
    /// `KEY=VALUE`, in order; later ones win.
    public var environment: [String]
    /// Absolute path in the container; `nil` is the image's.
    public var workingDirectory: String?
    /// `user[:group]`, names or numbers.
    public var user: String?
    /// `nil`: the identifier's first twelve digits.
    public var hostname: String?
    /// The name in its UTS namespace (`--domainname`), and behind the host name in /etc/hosts.
    public var domainname: String?
    /// Key and value pairs to attach.
    public var labels: [String: String]
    /// A pseudo-terminal (`-t`).
    public var tty: Bool
    /// Standard input stays open (`-i`).
    public var openStdin: Bool
    /// Remove it when it ends (`--rm`).
    public var autoRemove: Bool
    /// What to mount into it.
    public var mounts: [MountSpec]
    /// The root file system refuses writes.
    public var readOnlyRoot: Bool
    /// Limits on its cgroup.
    public var limits: ResourceLimits
    /// What its monitor does when it ends.
    public var restartPolicy: RestartPolicy
    /// A signal's number; `nil` is the image's or SIGTERM.
    public var stopSignal: Int32?
    /// Seconds before SIGKILL; `nil` is 10.
    public var stopTimeout: Int?
    /// Names without or with `CAP_`, or `ALL`.
    public var capAdd: [String]
    /// Names without or with `CAP_`, or `ALL`.
    public var capDrop: [String]
    /// All capabilities, all devices, no filter, nothing masked.
    public var privileged: Bool
    /// Set-user-ID programs and file capabilities give nothing (`PR_SET_NO_NEW_PRIVS`).
    public var noNewPrivileges: Bool
    /// Which system call filter it gets.
    public var seccomp: SeccompProfile
    /// A tiny reaping pid 1 in front of the command (`--init`).
    public var useInit: Bool
    /// Which network it sees.
    public var networkMode: NetworkMode
    /// When its log files are rotated, and how many are kept.
    public var logRotation: LogRotation
    /// How its health is found out; `nil` is the image's way.
    public var healthCheck: HealthCheck?
    /// Further groups of its user, names or numbers (`--group-add`).
    public var groupAdd: [String]?
    /// What of the machine it is given; `nil` is nothing beyond the usual.
    public var system: SystemOptions?
    /// Networks, ports and names; `nil` is nothing beyond `networkMode`.
    public var network: NetworkOptions?
    /// Containers whose volumes and binds it mounts as well: `NAME[:ro|rw]` (`--volumes-from`).
    public var volumesFrom: [String]?

    /// Makes a request with docker's defaults.
    public init(image: String, command: [String] = []) {
        self.image = image
        self.command = command
        environment = []
        labels = [:]
        tty = false
        openStdin = false
        autoRemove = false
        mounts = []
        readOnlyRoot = false
        limits = ResourceLimits()
        restartPolicy = .no
        capAdd = []
        capDrop = []
        privileged = false
        noNewPrivileges = false
        seccomp = .standard
        useInit = false
        networkMode = .bridge
        logRotation = LogRotation()
    }
}
