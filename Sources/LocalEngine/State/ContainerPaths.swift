import Engine

/// Where one container's files lie: `containers/<id>` below the root, its socket below the run-time root.
struct ContainerPaths: Sendable, Hashable {
    /// `lock`, `status`, `plan` and the log are written here by the monitor.
    let directory: String
    let socket: String

    init(_ id: ContainerID, root: String, runRoot: String) {
        directory = "\(root)/containers/\(id.rawValue)"
        socket = "\(runRoot)/\(id.rawValue).sock"
    }

    var status: String { directory + "/status" }
    var lock: String { directory + "/lock" }
    var log: String { directory + "/container.log" }
    /// The overlay's writable directory.
    var upper: String { directory + "/upper" }
    var work: String { directory + "/work" }
    /// Where the overlay is mounted, in the container's own mount namespace only.
    var merged: String { directory + "/merged" }
    var hosts: String { directory + "/hosts" }
    var hostname: String { directory + "/hostname" }
    var resolvConf: String { directory + "/resolv.conf" }
    /// Which cgroup directories the container's newest start was given, a line each.
    var cgroups: String { directory + "/cgroups" }
}
