import Cgroups
import Engine

/// Everything of a container's start that the runtime-spec has no word for: where things lie and how its monitor behaves.
public struct Bundle: Sendable, Hashable {
    /// What the container's root is.
    public enum Root: Sendable, Hashable {
        /// An overlay that is mounted in the container's own mount namespace. `layers` and the others may be relative to
        /// `base`, which keeps mount options short. The topmost layer comes first. `merged` is the absolute path of
        /// an existing empty directory.
        case overlay(base: String, layers: [String], upper: String, work: String, merged: String)
        /// A directory that is used as it is.
        case directory(String)
    }

    /// The container.
    public var id: ContainerID
    /// The container's state directory: `lock`, `status`, `plan` lie here.
    public var directory: String
    /// Where its root file system comes from.
    public var root: Root
    /// The monitor's socket, absolute; may be longer than `sun_path`.
    public var socketPath: String
    /// The log's current file.
    public var logPath: String
    /// The file that events are appended to.
    public var eventsPath: String
    /// Attributes of every event: `name`, `image`, labels.
    public var eventAttributes: [String: String]
    /// What the monitor does when the container ends.
    public var restartPolicy: RestartPolicy = .no
    /// For stops that name no signal.
    public var stopSignal: Int32 = 15
    /// Seconds.
    public var stopTimeout = 10
    /// When the log's file is changed for a new one.
    public var logRotation = ContainerSpec.LogRotation()
    /// Standard input is a pipe that clients write to.
    public var openStdin = false
    /// Standard input ends when the first client with input leaves.
    public var stdinOnce = false
    /// The container is removed when it ends.
    public var autoRemove = false
    /// What the monitor starts at the very end of an `autoRemove` container that no owner removes.
    public var exitCommand: [String] = []
    /// A tiny reaping pid 1 in front of the command.
    public var useInit = false
    /// The terminal's size at the start.
    public var terminalSize: TerminalSize?
    /// Limits of its cgroups.
    public var limits = ResourceLimits()
    /// Its filter; none with `privileged`.
    public var seccomp: ContainerSpec.SeccompProfile = .standard
    /// Every device may be used and every protection is off.
    public var privileged = false
    /// On what footing it is started.
    public var footing = Footing.current
    /// Beneath which cgroup the container's go (`ContainerCgroup.create`).
    public var cgroupParent: String?
    /// Devices that it may use beside those of every container.
    public var deviceRules: [DeviceRule] = []
    /// How its health is looked after; `nil`: it is not.
    public var health: HealthProbe?
    /// Its networks; `nil`: none, or the host's.
    public var network: BundleNetwork?
    /// What is made for mounts of the type `SpecBuilder.tree`, whose source is an index here.
    public var trees: [Tree] = []
    /// What its root's upper directory holds is used by itself later: overlayfs leaves no references to lower layers in it.
    public var usesUpper = false

    /// A mount's source that is no path of the host. It is made in the container's own mount namespace and ends with it.
    public enum Tree: Sendable, Hashable {
        /// Joined directories, top first, relative to `base` or absolute, and where `writable` says so written to; what lies
        /// at `path` within them is mounted. Without `writable` there must be two.
        case layers([String], base: String, writable: Writable?, path: String)
        /// Memory that holds one file.
        case secret([UInt8], mode: UInt32, uid: UInt32, gid: UInt32)
    }

    /// The writable directories of an overlay, absolute, on one file system.
    public struct Writable: Sendable, Hashable {
        /// Where it writes.
        public var upper: String
        /// What it needs for that.
        public var work: String

        /// Names the directories.
        public init(upper: String, work: String) {
            self.upper = upper
            self.work = work
        }
    }

    /// Makes a bundle with docker's defaults.
    public init(
        id: ContainerID, directory: String, root: Root, socketPath: String, logPath: String, eventsPath: String,
        eventAttributes: [String: String]
    ) {
        self.id = id
        self.directory = directory
        self.root = root
        self.socketPath = socketPath
        self.logPath = logPath
        self.eventsPath = eventsPath
        self.eventAttributes = eventAttributes
    }

    /// Takes over from the request what it says about the monitor and the confinement.
    public mutating func apply(_ spec: ContainerSpec) {
        restartPolicy = spec.restartPolicy
        stopSignal = spec.stopSignal ?? stopSignal
        stopTimeout = spec.stopTimeout ?? stopTimeout
        logRotation = spec.logRotation
        openStdin = spec.openStdin
        autoRemove = spec.autoRemove
        useInit = spec.useInit
        limits = spec.limits
        seccomp = spec.seccomp
        privileged = spec.privileged
    }
}
