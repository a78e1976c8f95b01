import Cgroups
import Engine

/// A further process in a running container (`docker exec`).
public struct ExecRequest: Sendable, Hashable {
    /// The container's first process on the host.
    public var targetPID: Int32
    /// Its start (field 22 of /proc/PID/stat), so that a reused number is never joined.
    public var targetStartTicks: UInt64
    public var id: ContainerID
    /// The container's state directory.
    public var directory: String
    /// The container's request: capabilities, seccomp, privileges, network.
    public var container: ContainerSpec
    public var hostname: String
    /// What runs, with the container's environment and the request's own merged.
    public var process: ResolvedProcess
    public var tty = false
    public var openStdin = false
    public var privileged = false
    public var size: TerminalSize?
    public var cgroup: ContainerCgroup
    public var eventsPath: String
    public var eventAttributes: [String: String]

    /// Makes a request.
    public init(
        targetPID: Int32, targetStartTicks: UInt64, id: ContainerID, directory: String, container: ContainerSpec,
        hostname: String, process: ResolvedProcess, cgroup: ContainerCgroup, eventsPath: String,
        eventAttributes: [String: String]
    ) {
        self.targetPID = targetPID
        self.targetStartTicks = targetStartTicks
        self.id = id
        self.directory = directory
        self.container = container
        self.hostname = hostname
        self.process = process
        self.cgroup = cgroup
        self.eventsPath = eventsPath
        self.eventAttributes = eventAttributes
    }

    /// Takes over the person's wishes that need no looking up.
    public mutating func apply(_ spec: ExecSpec) {
        tty = spec.tty
        openStdin = spec.openStdin
        privileged = spec.privileged
        size = spec.size
    }
}
