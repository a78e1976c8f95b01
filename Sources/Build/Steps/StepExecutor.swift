import Engine

/// Runs RUN's commands in containers. It knows nothing of Dockerfiles; the builder knows nothing of containers.
///
/// A task that is cancelled ends the command's processes, and so does the end of this process, however it comes: nobody
/// is left running, and no mount and no cgroup stays.
public protocol StepExecutor: Sendable {
    /// Runs a command to its end; answers its exit code, docker's way (126, 127, 128 + signal).
    func run(_ command: StepCommand, output: @escaping @Sendable (LogLine.Stream, [UInt8]) -> Void) async throws
        -> Int32
    /// Starts a command at a terminal, in the same surroundings.
    func enter(_ command: StepCommand, size: TerminalSize?) async throws -> any Session
}

/// A command and all that surrounds it.
public struct StepCommand: Sendable, Hashable {
    /// For messages and the host name: `builder 2/5`.
    public var name: String
    /// Names of unpacked layers below `layersDirectory`, top layer first; may be empty (`FROM scratch`).
    public var layers: [String]
    /// The directory of the layers, absolute.
    public var layersDirectory: String
    /// Where it writes: the overlay's upper directory, absolute.
    public var upper: String
    /// The overlay's work directory, absolute, on the same file system.
    public var work: String
    /// The program and its arguments.
    public var arguments: [String]
    /// `KEY=VALUE`.
    public var environment: [String]
    /// Absolute; it is made when it is missing.
    public var workingDirectory: String
    /// `user[:group]`, names or numbers; empty is root.
    public var user: String
    /// Its network.
    public var network: BuildRequest.Network
    /// All capabilities, all devices, no filter (`--security=insecure`).
    public var isInsecure: Bool
    /// What is mounted; nothing of it, nor of its places, stays in `upper`.
    public var mounts: [StepMount]
    /// Bytes that its standard input gives; empty is /dev/null.
    public var input: [UInt8]
    /// `name:address`.
    public var extraHosts: [String]
    /// Limits of its cgroup.
    public var limits: ResourceLimits
    /// Bytes of /dev/shm; `nil` is 64 MiB.
    public var sharedMemory: Int64?
    /// `nofile=1024:2048`.
    public var ulimits: [String]

    /// Makes a command with nothing around it.
    public init(
        name: String, layers: [String], layersDirectory: String, upper: String, work: String, arguments: [String]
    ) {
        self.name = name
        self.layers = layers
        self.layersDirectory = layersDirectory
        self.upper = upper
        self.work = work
        self.arguments = arguments
        environment = []
        workingDirectory = "/"
        user = ""
        network = .default
        isInsecure = false
        mounts = []
        input = []
        extraHosts = []
        limits = ResourceLimits()
        ulimits = []
    }
}

/// Something mounted for one command.
public struct StepMount: Sendable, Hashable {
    /// Where the content comes from.
    public enum Source: Sendable, Hashable {
        /// A file or directory of the host, by absolute path, that nobody may swap meanwhile.
        case path(String)
        /// Joined layers, by name, top layer first, and a path within them, resolved as in a container.
        case layers([String], path: String)
        /// Memory; bytes, `nil` is the kernel's half of all memory.
        case memory(size: Int64?)
        /// Memory that holds one file: a secret.
        case secret([UInt8], mode: UInt32, uid: UInt32, gid: UInt32)
        /// A socket of the host, an ssh agent's, given to this user.
        case socket(String, mode: UInt32, uid: UInt32, gid: UInt32)
    }

    /// Where the content comes from.
    public var source: Source
    /// Absolute path in the container.
    public var target: String
    /// Writes are refused.
    public var readOnly: Bool
    /// What is written is thrown away at the command's end, and the source is left alone.
    public var discardsWrites: Bool

    /// Makes a mount.
    public init(source: Source, target: String, readOnly: Bool = false, discardsWrites: Bool = false) {
        self.source = source
        self.target = target
        self.readOnly = readOnly
        self.discardsWrites = discardsWrites
    }
}
