import Cgroups
import Engine

/// A further process in a running container (`docker exec`).
public struct ExecRequest: Sendable, Hashable {
    /// The container's first process on the host.
    public var targetPID: Int32
    /// Its start (field 22 of /proc/PID/stat), so that a reused number is never joined.
    public var targetStartTicks: UInt64
    /// The container.
    public var id: ContainerID
    /// The container's state directory.
    public var directory: String
    /// The container's request: capabilities, seccomp, privileges, network.
    public var container: ContainerSpec
    /// The container's host name, for `HOSTNAME`.
    public var hostname: String
    /// What runs, with the container's environment and the request's own merged.
    public var process: ResolvedProcess
    /// A pseudo-terminal (`-t`).
    public var tty = false
    /// Standard input is a pipe that the session writes to (`-i`).
    public var openStdin = false
    /// Every capability and no filter (`--privileged`).
    public var privileged = false
    /// The terminal's size at the start.
    public var size: TerminalSize?
    /// On what footing it is started.
    public var footing = Footing.current
    /// The container's cgroups, which the process joins.
    public var cgroup: ContainerCgroup
    /// The file that events are appended to.
    public var eventsPath: String
    /// Attributes of every event: `name`, `image`, labels.
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
