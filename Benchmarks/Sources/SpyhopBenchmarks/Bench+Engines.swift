import Foundation

/// What watching docker's containers costs whoever watches and all of docker's processes together.
extension Bench {
    /// Rows of `--engines`.
    func runEngines(seconds: Double) {
        guard let docker = Docker(in: directory, rootfs: bundle.path + "/rootfs") else {
            return report.add("| watching docker's containers | not measured: no dockerd | | |")
        }
        guard docker.keep(containers) != nil else {
            return report.add("| watching docker's containers | not measured | | |")
        }
        let idle = docker.idleShare(seconds: seconds / 2)
        let ours = docker.watchCost(
            [spyhop, "dashboard"], environment: environment + ["DOCKER_HOST=\(docker.address)"], idle: idle,
            seconds: seconds)
        let stats = docker.watchCost(
            docker.command + ["stats"], environment: Program.environment, idle: idle, seconds: seconds)
        report.row(
            "watching \(containers) docker containers at 1 Hz, with all that it makes dockerd, containerd and shims do",
            unit: "% of a core", ours: ours?.total, budget: "a fifth of docker stats",
            peers: [("docker stats", stats?.total)])
        report.row(
            "of it in the daemons", unit: "% of a core", ours: ours?.daemons, budget: "–",
            peers: [("docker stats", stats?.daemons)])
    }
}

extension Docker {
    /// The socket's address.
    var address: String { command[2] }

    private var processes: [pid_t] {
        // Others on the machine may have daemons of their own: ours name our directory.
        ["dockerd", "containerd", "containerd-shim"].flatMap(ProcessCost.named).filter { pid in
            let command = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
            return String(decoding: command, as: UTF8.self).contains(directory)
        }
    }

    private func spent() -> Double { processes.map(ProcessCost.cpuSeconds).reduce(0, +) }

    /// Shares of a core that the daemons take while nobody watches.
    func idleShare(seconds: Double) -> Double {
        usleep(5_000_000)
        let before = spent()
        usleep(UInt32(seconds * 1e6))
        return (spent() - before) / seconds
    }

    /// Per cents of a core: the watcher with its children, and what it adds in the daemons.
    func watchCost(
        _ arguments: [String], environment: [String], idle: Double, seconds: Double
    ) -> (total: Double, daemons: Double)? {
        guard let client = TerminalProgram(arguments, environment: environment, columns: 120, rows: 60) else {
            return nil
        }
        client.watch(seconds: 5)
        func own() -> Double { ProcessCost.tree(client.pid).map(ProcessCost.cpuSeconds).reduce(0, +) }
        let before = (own(), spent())
        client.watch(seconds: seconds)
        let daemons = max(0, (spent() - before.1) / seconds - idle) * 100
        return ((own() - before.0) / seconds * 100 + daemons, daemons)
    }
}
