import Foundation

/// One run of all rows, with a Spyhop root of its own.
final class Bench {
    let spyhop: String
    let directory: String
    let environment: [String]
    let bundle: Bundle
    private let containers: Int
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
        let names = (0..<containers).map { "bench\($0)" }
        for name in names {
            Program.run([spyhop, "run", "-d", "--name", name, "busybox", "sleep", "100000"], environment: environment)
        }
        memory(docker)
        firstFrame(names)
        steady(docker)
        keyToRepaint()
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

    private func firstFrame(_ names: [String]) {
        let once = Program.median(
            10, [spyhop, "dashboard", "--once", "--size", "120x60"], environment: environment)
        report.row(
            "first full frame, \(containers) containers, figures included (--once)", unit: "ms", ours: once,
            budget: "50 ms")
        var times: [Double] = []
        for _ in 0..<5 {
            let start = DispatchTime.now().uptimeNanoseconds
            guard
                let program = TerminalProgram(
                    [spyhop], environment: environment, columns: 120, rows: UInt16(min(200, containers + 20)))
            else { return }
            // Kibibytes are in the rows' own figures alone: the host has more, and graphs begin at a mebibyte.
            if program.wait(forAll: Array(names.prefix(3)) + ["KiB"], milliseconds: 5000) {
                times.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6)
            }
        }
        report.row(
            "first full frame on a terminal", unit: "ms", ours: times.sorted().dropFirst(times.count / 2).first,
            budget: "50 ms")
    }

    private func steady(_ docker: Docker?) {
        guard let program = TerminalProgram([spyhop], environment: environment, columns: 120, rows: 60) else { return }
        program.watch(seconds: 4)
        let before = ProcessCost.cpuSeconds(program.pid)
        program.watch(seconds: 30)
        let percent = (ProcessCost.cpuSeconds(program.pid) - before) / 30 * 100
        let memory = ProcessCost.proportionalMemory(program.pid)
        let peer = docker?.stats(containers: containers, seconds: 20)
        report.row(
            "steady, \(containers) containers at 1 Hz", unit: "% of a core", ours: percent, budget: "0.5 %",
            peers: [("docker stats", peer?.client), ("added in its daemons", peer?.daemons)])
        report.row("its memory", unit: "MiB", ours: memory, budget: "20 MiB", peers: [("docker stats", peer?.memory)])
    }

    private func keyToRepaint() {
        guard let program = TerminalProgram([spyhop], environment: environment, columns: 120, rows: 60) else { return }
        program.watch(seconds: 3)
        var times: [Double] = []
        for index in 0..<40 {
            while program.read(milliseconds: 30) {}
            let start = DispatchTime.now().uptimeNanoseconds
            program.type(index % 2 == 0 ? "j" : "k")
            if program.read(milliseconds: 1000) {
                times.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6)
            }
        }
        report.row("key to repaint", unit: "ms", ours: times.sorted().dropFirst(times.count / 2).first, budget: "10 ms")
    }

    func cleanUp() {
        let left = Program.output([spyhop, "ps", "-aq"], environment: environment).split(separator: "\n").map(
            String.init)
        if !left.isEmpty { Program.run([spyhop, "rm", "-f"] + left, environment: environment) }
        try? FileManager.default.removeItem(atPath: directory)
    }
}
