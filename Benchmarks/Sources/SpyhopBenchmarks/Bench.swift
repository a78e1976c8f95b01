import Foundation

/// One run of all rows, with a Spyhop root of its own.
final class Bench {
    let spyhop: String
    let directory: String
    let environment: [String]
    let bundle: Bundle
    let containers: Int
    /// The script of ctop (PyPI), where there is one.
    var ctop: String?
    var report = Report()

    init?(spyhop: String, containers: Int) {
        self.spyhop = spyhop
        self.containers = containers
        let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        directory = "\(parent)/spyhop-benchmarks-\(getpid())"
        environment = Program.environment + ["SPYHOP_ROOT=\(directory)/root"]
        try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        guard let bundle = Bundle(in: directory),
            Program.run([spyhop, "import", bundle.path + "/rootfs", "busybox"], environment: environment) == 0
        else { return nil }
        self.bundle = bundle
    }

    /// The rows of registries alone.
    func runImages(layer: String) {
        defer { cleanUp() }
        report.add("| what | Spyhop | budget | peers in the same run |")
        report.add("|---|---|---|---|")
        let docker = Docker(in: directory, rootfs: bundle.path + "/rootfs")
        imageTimes(docker, layer: layer)
        buildTimes(docker)
    }

    func runAll(layer: String?) {
        defer { cleanUp() }
        let docker = Docker(in: directory, rootfs: bundle.path + "/rootfs")
        report.add("| what | Spyhop | budget | peers in the same run |")
        report.add("|---|---|---|---|")
        startTimes(docker)
        buildTimes(docker)
        networks()
        if let layer { imageTimes(docker, layer: layer) }
        runtimeTimes()
        parallelStarts()
        logTimes()
        let names = start(0..<containers)
        memory(docker)
        dashboards(names, docker)
        dashboardsOfAThousand(names)
    }

    /// The rows of dashboards alone.
    func runDashboards() {
        defer { cleanUp() }
        report.add("| what | Spyhop | budget | peers in the same run |")
        report.add("|---|---|---|---|")
        let docker = Docker(in: directory, rootfs: bundle.path + "/rootfs")
        let names = start(0..<containers)
        dashboards(names, docker)
        dashboardsOfAThousand(names)
    }

    /// Containers that sleep, by their names.
    func start(_ numbers: Range<Int>) -> [String] {
        let names = numbers.map { "bench\($0)" }
        for name in names {
            Program.run([spyhop, "run", "-d", "--name", name, "busybox", "sleep", "100000"], environment: environment)
        }
        return names
    }

    /// Its own daemon goes before the next rows: it costs what they measure.
    private func networks() {
        let docker = Docker(in: directory, rootfs: bundle.path + "/rootfs", bridged: true)
        networkTimes(docker)
        throughput(docker)
    }

    private func startTimes(_ docker: Docker?) {
        let rounds = 40
        report.row(
            "spyhop --version", unit: "ms",
            ours: Program.median(rounds, [spyhop, "--version"], environment: environment),
            budget: "5 ms")
        let ours = Program.median(
            rounds, [spyhop, "run", "--rm", "--network", "none", "busybox", "true"], environment: environment)
        report.row(
            "run --rm IMAGE true", unit: "ms", ours: ours, budget: "under crun's run of a bundle",
            peers: [
                ("crun run", peer("crun", rounds: rounds)),
                // Its device program for version 2 takes CAP_SYS_RESOURCE, so that it is shown version 1 alone.
                ("crun run without cgroups", peer("crun", ["--cgroup-manager=disabled"], rounds: rounds)),
                ("runc run", peer("runc", rounds: rounds)),
                ("docker run --rm", docker?.median(10, ["run", "--rm", "--network=none", "busybox", "true"])),
            ])
    }

    private func memory(_ docker: Docker?) {
        let monitors = ProcessCost.named("spyhop-monitor")
        let mean =
            monitors.isEmpty ? nil : monitors.map(ProcessCost.privateMemory).reduce(0, +) / Double(monitors.count)
        report.row(
            "private memory per running container", unit: "MiB", ours: mean, budget: "0.3 MiB",
            peers: [("containerd-shim, proportional", docker?.shimMemory())])
    }

    func cleanUp() {
        let left = Program.output([spyhop, "ps", "-aq"], environment: environment).split(separator: "\n").map(
            String.init)
        if !left.isEmpty { Program.run([spyhop, "rm", "-f"] + left, environment: environment) }
        try? FileManager.default.removeItem(atPath: directory)
    }
}
