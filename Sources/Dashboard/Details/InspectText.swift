import Engine
import Terminal

/// Everything about a container as a tree of words.
enum InspectText {
    static func lines(_ details: ContainerDetails, now: Timestamp, look: Look) -> [[Span]] {
        let container = details.container
        var tree = TextTree(look: look)
        tree.pair("name", container.name)
        tree.pair("id", container.id.rawValue)
        tree.pair("image", container.image)
        tree.pair("image id", container.imageID.rawValue)
        tree.pair("command", container.command.joined(separator: " "))
        tree.pair("created", container.createdAt.rfc3339)
        tree.group("state") { state(container, now, &$0) }
        if let health = details.health { tree.group("health") { self.health(health, &$0) } }
        tree.pair("restart policy", container.restartPolicy.description)
        tree.pair("restarts", String(container.restartCount))
        tree.pair("removed at its end", container.autoRemove ? "yes" : "no")
        tree.group("limits") { limits(container.limits, &$0) }
        tree.group("process") { process(details, &$0) }
        tree.group("security") { security(details.spec, &$0) }
        tree.pair("network", container.networkMode.rawValue)
        tree.list("labels", container.labels.sorted { $0.key < $1.key }.map { "\($0)=\($1)" })
        tree.pair("log", details.logPath)
        tree.group("files") { tree in
            tree.pair("read-only root", details.spec.readOnlyRoot ? "yes" : "no")
            tree.pair("upper", details.upperDirectory)
            tree.list("lower", details.lowerDirectories)
        }
        if !details.cgroupPaths.isEmpty {
            tree.group("cgroups") { tree in
                for (name, path) in details.cgroupPaths.sorted(by: { $0.key < $1.key }) { tree.pair(name, path) }
            }
        }
        return tree.lines
    }

    private static func state(_ container: Container, _ now: Timestamp, _ tree: inout TextTree) {
        tree.pair("status", Format.status(of: container.state, now: now))
        if let pid = container.state.pid { tree.pair("pid", String(pid)) }
        if let started = container.state.startedAt { tree.pair("started", started.rfc3339) }
        guard let exit = container.state.exit else { return }
        tree.pair("finished", exit.finishedAt.rfc3339)
        tree.pair("exit code", String(exit.code))
        if let signal = exit.signal { tree.pair("signal", Signals.name(signal)) }
        if exit.oomKilled { tree.pair("out of memory", "killed by the kernel") }
        if let error = exit.error { tree.pair("error", error) }
    }

    private static func health(_ health: HealthReport, _ tree: inout TextTree) {
        tree.pair("status", health.status.rawValue)
        tree.pair("failures in a row", String(health.failingStreak))
        guard let last = health.log.last else { return }
        tree.pair("last exit code", String(last.exitCode))
        tree.list("last output", last.output.split(separator: "\n").map(String.init))
    }

    private static func limits(_ limits: ResourceLimits, _ tree: inout TextTree) {
        func bytes(_ value: Int64?) -> String { value.map { $0 < 0 ? "unlimited" : Format.bytes(Double($0)) } ?? "" }
        tree.pair("memory", bytes(limits.memory))
        if let swap = limits.memorySwap { tree.pair("memory and swap", bytes(swap)) }
        if let reservation = limits.memoryReservation { tree.pair("memory reservation", bytes(reservation)) }
        tree.pair("cpus", limits.nanoCPUs.map { Format.fixed(Double($0) / 1e9, 2) } ?? "")
        if let shares = limits.cpuShares { tree.pair("cpu shares", String(shares)) }
        if let cpus = limits.cpusetCPUs { tree.pair("cpuset", cpus) }
        if let mems = limits.cpusetMems { tree.pair("cpuset mems", mems) }
        tree.pair("pids", limits.pids.map { $0 < 0 ? "unlimited" : String($0) } ?? "")
    }

    private static func process(_ details: ContainerDetails, _ tree: inout TextTree) {
        tree.pair("user", details.user.isEmpty ? "root" : details.user)
        tree.pair("workdir", details.workingDirectory)
        tree.pair("hostname", details.hostname)
        tree.pair("terminal", details.spec.tty ? "yes" : "no")
        tree.pair("stdin", details.spec.openStdin ? "open" : "closed")
        tree.pair("init", details.spec.useInit ? "yes" : "no")
        if let pid = details.monitorPID { tree.pair("monitor pid", String(pid)) }
    }

    private static func security(_ spec: ContainerSpec, _ tree: inout TextTree) {
        tree.pair("privileged", spec.privileged ? "yes" : "no")
        tree.pair("no new privileges", spec.noNewPrivileges ? "yes" : "no")
        switch spec.seccomp {
        case .standard: tree.pair("seccomp", "default")
        case .unconfined: tree.pair("seccomp", "unconfined")
        case .custom: tree.pair("seccomp", "own profile")
        }
        if !spec.capAdd.isEmpty { tree.pair("capabilities added", spec.capAdd.joined(separator: " ")) }
        if !spec.capDrop.isEmpty { tree.pair("capabilities dropped", spec.capDrop.joined(separator: " ")) }
    }
}
