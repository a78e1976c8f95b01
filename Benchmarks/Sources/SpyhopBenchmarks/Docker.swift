import Foundation

/// A docker daemon of our own on its own directories and socket; stopped when it goes.
final class Docker {
    private let socket: String
    private let daemon: pid_t
    let directory: String
    private var started: [String] = []

    /// `nil` where docker is not installed or its daemon does not come up.
    /// - Parameter bridged: with docker's own bridge and rules; it makes them in this process's network namespace.
    init?(in parent: String, rootfs: String, bridged: Bool = false) {
        guard Program.exists("dockerd"), Program.exists("docker") else { return nil }
        directory = parent + (bridged ? "/docker-bridged" : "/docker")
        socket = "unix://\(directory)/docker.sock"
        try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let arguments =
            [
                "dockerd", "--data-root", directory + "/data", "--exec-root", directory + "/exec", "-H", socket,
                "--pidfile",
                directory + "/docker.pid",
            ] + (bridged ? [] : ["--bridge", "none", "--iptables=false", "--ip6tables=false"])
        guard let pid = Program.spawn(arguments, output: parent + "/dockerd.log") else { return nil }
        daemon = pid
        for _ in 0..<100 where Program.run(["docker", "-H", socket, "version"]) != 0 { usleep(100_000) }
        guard importImage(rootfs, as: "busybox") else {
            stop()
            return nil
        }
    }

    /// Of dockerd.
    var process: pid_t { daemon }

    /// The words before docker's own.
    var command: [String] { ["docker", "-H", socket] }

    func importImage(_ rootfs: String, as name: String) -> Bool {
        Program.run(["sh", "-c", "tar -C '\(rootfs)' -c . | docker -H '\(socket)' import - \(name)"]) == 0
    }

    func time(_ arguments: [String]) -> Double? { Program.time(command + arguments) }

    deinit { stop() }

    func median(_ rounds: Int, _ arguments: [String]) -> Double? {
        Program.median(rounds, ["docker", "-H", socket] + arguments)
    }

    /// MiB of one containerd-shim.
    func shimMemory() -> Double? {
        guard start(1) else { return nil }
        usleep(500_000)
        let shims = ProcessCost.named("containerd-shim")
        return shims.isEmpty ? nil : shims.map(ProcessCost.proportionalMemory).reduce(0, +) / Double(shims.count)
    }

    /// Per cents of a core and MiB of `docker stats` over `containers`, and what it makes the daemons do.
    func stats(containers: Int, seconds: Double) -> (client: Double, daemons: Double, memory: Double)? {
        guard start(containers - started.count) else { return nil }
        let daemons = ProcessCost.named("dockerd") + ProcessCost.named("containerd")
        func spent() -> Double { daemons.map(ProcessCost.cpuSeconds).reduce(0, +) }
        usleep(3_000_000)
        let idleBefore = spent()
        usleep(5_000_000)
        let idle = (spent() - idleBefore) / 5
        guard
            let client = TerminalProgram(
                ["docker", "-H", socket, "stats"], environment: Program.environment, columns: 120, rows: 60)
        else { return nil }
        client.watch(seconds: 4)
        let before = (ProcessCost.cpuSeconds(client.pid), spent())
        client.watch(seconds: seconds)
        let after = (ProcessCost.cpuSeconds(client.pid), spent())
        let memory = ProcessCost.proportionalMemory(client.pid)
        return ((after.0 - before.0) / seconds * 100, ((after.1 - before.1) / seconds - idle) * 100, memory)
    }

    /// Has so many containers running; the short identifier of one of them.
    func keep(_ count: Int) -> String? {
        guard start(count - started.count) else { return nil }
        return started.first.map { String($0.prefix(12)) }
    }

    private func start(_ count: Int) -> Bool {
        for _ in 0..<max(0, count) {
            let name = Program.output(
                ["docker", "-H", socket, "run", "-d", "--network=none", "busybox", "sleep", "100000"])
            guard name.count == 64 else { return false }
            started.append(name)
        }
        return true
    }

    private func stop() {
        if !started.isEmpty { Program.run(["docker", "-H", socket, "rm", "-f"] + started) }
        started = []
        kill(daemon, SIGTERM)
        _ = Program.wait(daemon)
    }
}
