/// What of the machine a container is given beyond its image and limits: devices, kernel parameters, limits of processes.
public struct SystemOptions: Sendable, Hashable, Codable {
    /// A device of the host in the container (`--device`).
    public struct Device: Sendable, Hashable, Codable {
        /// The device's path on the host, or that of a directory with devices.
        public var pathOnHost: String
        /// Where it is in the container.
        public var pathInContainer: String
        /// Some of `r`, `w` and `m` (mknod).
        public var access: String

        /// Names a device and its place.
        public init(pathOnHost: String, pathInContainer: String, access: String = "rwm") {
            self.pathOnHost = pathOnHost
            self.pathInContainer = pathInContainer
            self.access = access
        }
    }

    /// A limit of the container's processes (setrlimit(2), `--ulimit`).
    public struct Ulimit: Sendable, Hashable, Codable {
        /// The name in small letters, `nofile`.
        public var name: String
        /// What holds; -1 is unlimited.
        public var soft: Int64
        /// How far a process may raise it; -1 is unlimited.
        public var hard: Int64

        /// Names a limit.
        public init(name: String, soft: Int64, hard: Int64) {
            self.name = name
            self.soft = soft
            self.hard = hard
        }
    }

    /// Devices of the host.
    public var devices: [Device]
    /// Further devices that may be used, without a file (`--device-cgroup-rule`, as `c 1:3 rwm`).
    public var deviceRules: [String]
    /// Limits of its processes.
    public var ulimits: [Ulimit]
    /// Kernel parameters of its namespaces, by their names with dots (`--sysctl`).
    public var sysctls: [String: String]
    /// Bytes of /dev/shm; `nil` is 64 MiB (`--shm-size`).
    public var shmSize: Int64?
    /// Beneath which cgroup its own is made; `nil` is the engine's choice (`--cgroup-parent`).
    public var cgroupParent: String?
    /// It sees the host's tree of cgroups (`--cgroupns host`).
    public var hostCgroupNamespace: Bool

    /// Gives nothing.
    public init() {
        devices = []
        deviceRules = []
        ulimits = []
        sysctls = [:]
        hostCgroupNamespace = false
    }
}
