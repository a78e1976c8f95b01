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

    public var image: String
    /// `nil`: a name is made up.
    public var name: String?
    /// Replaces the image's `Cmd`; empty keeps it.
    public var command: [String]
    /// `nil` keeps the image's; `[]` clears it.
    public var entrypoint: [String]?
    /// `KEY=VALUE`, in order; later ones win.
    public var environment: [String]
    public var workingDirectory: String?
    /// `user[:group]`, names or numbers.
    public var user: String?
    public var hostname: String?
    public var labels: [String: String]
    /// A pseudo-terminal (`-t`).
    public var tty: Bool
    /// Standard input stays open (`-i`).
    public var openStdin: Bool
    public var autoRemove: Bool
    public var mounts: [MountSpec]
    public var readOnlyRoot: Bool
    public var limits: ResourceLimits
    public var restartPolicy: RestartPolicy
    /// A signal's number; `nil` is the image's or SIGTERM.
    public var stopSignal: Int32?
    /// Seconds before SIGKILL; `nil` is 10.
    public var stopTimeout: Int?
    /// Names without or with `CAP_`, or `ALL`.
    public var capAdd: [String]
    public var capDrop: [String]
    public var privileged: Bool
    public var noNewPrivileges: Bool
    public var seccomp: SeccompProfile
    /// A tiny reaping pid 1 in front of the command (`--init`).
    public var useInit: Bool
    public var networkMode: NetworkMode
    public var logRotation: LogRotation

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
        networkMode = .none
        logRotation = LogRotation()
    }
}
