import Engine

/// Where one container's files lie: `containers/<id>` below the root, its socket below the run-time root.
struct ContainerPaths: Sendable, Hashable {
    /// `lock`, `status`, `plan` and the log are written here by the monitor.
    let directory: String
    let socket: String
    /// Where the overlay is mounted, in the container's own mount namespace only: one empty directory serves them all.
    let merged: String

    init(_ id: ContainerID, root: String, runRoot: String) {
        directory = "\(root)/containers/\(id.rawValue)"
        socket = "\(runRoot)/\(id.rawValue).sock"
        merged = root + "/merged"
    }

    var status: String { directory + "/status" }
    var lock: String { directory + "/lock" }
    var log: String { directory + "/container.log" }
    /// The overlay's writable directory.
    var upper: String { directory + "/upper" }
    var work: String { directory + "/work" }
    /// Where fuse-overlayfs mounts, which unlike the kernel does so before the container has a mount namespace.
    var fuse: String { directory + "/fuse" }
    var hosts: String { directory + "/hosts" }
    var hostname: String { directory + "/hostname" }
    var resolvConf: String { directory + "/resolv.conf" }
    /// Its published ports since the newest start.
    var ports: String { directory + "/ports" }
    static let removalSuffix = ".removing"
    /// What the directory is called while it is removed: it can no more be started then, whatever is left of it.
    var removing: String { directory + Self.removalSuffix }
    /// Made when a killed monitor's remains were cleared; its time is the container's end.
    var killed: String { directory + "/killed" }
    /// Which cgroup directories the container's newest start was given, a line each.
    var cgroups: String { directory + "/cgroups" }
}
