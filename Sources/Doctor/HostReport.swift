/// What probes have seen of a host, as values; `Diagnosis` judges them.
public struct HostReport: Sendable {
    /// What a probe came to: an errno, 0 when it worked.
    public typealias Answer = Int32

    /// Whether root asked: then every feature is tried as root, else beneath a user namespace.
    public var isRoot = true
    /// The kernel's release, as uname(2) has it.
    public var kernelRelease = ""
    /// Where the monitor's program was found.
    public var monitorPath: String?

    /// Calls by name that the kernel knows (0) or not: `openat2`, `clone3`, `pidfd`, `mount api`, `mount_setattr`,
    /// `seccomp`, `seccomp notify`.
    public var calls: [String: Answer] = [:]
    /// Namespaces by name: `mount`, `pid`, `network`, `ipc`, `uts`, `cgroup`, `time`, `user`.
    public var namespaces: [String: Answer] = [:]
    /// An overlay on the root's file system.
    public var overlay: Answer = 0
    /// Mounting /proc for a pid namespace.
    public var proc: Answer = 0
    /// An id-mapped mount on the root's file system; root alone may make one.
    public var idmappedMount: Answer?
    /// A cgroup device program; root alone may load one.
    public var deviceProgram: Answer?

    /// `v2`, `hybrid`, `v1`; `nil` without cgroups.
    public var cgroupMode: String?
    /// Controllers that containers' cgroups can have, by name.
    public var controllers: Set<String> = []
    /// Whether this process may make cgroups where containers' go.
    public var makesCgroups = false
    /// Names of `cgroup.kill` and `cgroup.freeze` that the kernel has.
    public var cgroupFiles: Set<String> = []

    /// The capabilities that this process has and may hand on, as bits.
    public var capabilities: UInt64 = 0
    /// Why users get no user namespaces, and what helps.
    public var userNamespaceRefusal: Advice?
    /// What a user may map; `nil` when root asked.
    public var grant: Grant?
    /// What fuse-overlayfs(1) needs: its path, and whether /dev/fuse can be opened.
    public var fuse = Fuse()

    /// systemd runs.
    public var hasSystemd = false
    /// A D-Bus socket that can be reached: the system's for root, else the user's own.
    public var busPath: String?
    /// AppArmor is on.
    public var hasAppArmor = false
    /// SELinux: 1 enforcing, 0 permissive, `nil` off.
    public var selinux: Int?

    /// Most inotify instances and watches of a user.
    public var inotify: Inotify?
    /// The hard limit of open files.
    public var openFiles: UInt64 = 0
    /// Where state is kept, and its file system.
    public var disk = Disk()

    /// What containers' networks are made of.
    public var network = Network()

    /// A report to be filled.
    public init() {}

    /// What stands in the way, and what helps.
    public struct Advice: Sendable, Hashable {
        /// What is wrong.
        public var what: String
        /// How to mend it.
        public var remedy: String
        /// Makes an advice.
        public init(what: String, remedy: String) {
            self.what = what
            self.remedy = remedy
        }
    }

    /// Most inotify instances and watches of a user.
    public struct Inotify: Sendable, Hashable {
        /// Files that watch.
        public var instances: Int
        /// What they can watch together.
        public var watches: Int
        /// Makes the pair.
        public init(instances: Int, watches: Int) {
            self.instances = instances
            self.watches = watches
        }
    }

    /// Subordinate ids of a user.
    public struct Grant: Sendable, Hashable {
        /// How many ids and groups beside his own can be mapped.
        public var count: UInt64 = 0
        /// What is missing first, and how to get it.
        public var lack: Advice?
        /// A keeper that holds other ids than the user has now.
        public var stalePID: Int32?

        /// Nothing granted yet.
        public init() {}
    }

    /// fuse-overlayfs.
    public struct Fuse: Sendable, Hashable {
        /// The program.
        public var program: String?
        /// Opening /dev/fuse.
        public var device: Answer = 0
        /// Nothing seen yet.
        public init() {}
    }

    /// The root's file system.
    public struct Disk: Sendable, Hashable {
        /// The directory that was looked at.
        public var path = ""
        /// Bytes that this user can still write.
        public var free: UInt64 = 0
        /// All bytes.
        public var total: UInt64 = 0
        /// Files that can still be made; `nil` where the file system does not count them.
        public var freeFiles: UInt64?
        /// Nothing seen yet.
        public init() {}
    }
}
