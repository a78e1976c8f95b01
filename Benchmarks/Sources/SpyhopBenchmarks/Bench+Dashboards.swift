import Foundation

/// A dashboard, or what people use as one, on a terminal.
struct Watcher {
    let name: String
    let arguments: [String]
    var environment = Program.environment
    /// What is on its screen once the first frame with figures is.
    let ready: [String]
    /// Two keys that move its selection there and back; empty where there is nothing to move.
    var keys: [String] = []

    func open(rows: UInt16 = 60) -> TerminalProgram? {
        TerminalProgram(arguments, environment: environment, columns: 120, rows: rows)
    }

    /// Milliseconds from its start to its first whole frame; the median of five.
    func firstFrame(rows: UInt16 = 60) -> Double? {
        var times: [Double] = []
        for _ in 0..<5 {
            let start = DispatchTime.now().uptimeNanoseconds
            guard let program = open(rows: rows) else { return nil }
            if program.wait(forAll: ready, milliseconds: 10_000) {
                times.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6)
            }
        }
        return times.sorted().dropFirst(times.count / 2).first
    }

    /// Milliseconds from a key to the first byte that comes of it; the median of forty.
    func keyToRepaint() -> Double? {
        guard keys.count == 2, let program = open() else { return nil }
        program.watch(seconds: 3)
        var times: [Double] = []
        for index in 0..<40 {
            while program.read(milliseconds: 30) {}
            let start = DispatchTime.now().uptimeNanoseconds
            program.type(keys[index % 2])
            if program.read(milliseconds: 1000) {
                times.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6)
            }
        }
        return times.sorted().dropFirst(times.count / 2).first
    }

    /// Per cents of a core over `seconds`, and MiB (its share of what it shares).
    func steady(seconds: Double) -> (cpu: Double, memory: Double)? {
        guard let program = open() else { return nil }
        program.watch(seconds: 4)
        let before = ProcessCost.cpuSeconds(program.pid)
        program.watch(seconds: seconds)
        let percent = (ProcessCost.cpuSeconds(program.pid) - before) / seconds * 100
        return (percent, ProcessCost.proportionalMemory(program.pid))
    }
}

extension Bench {
    /// lazydocker is not among them: it comes as Go modules or as a binary from the web, and neither is installed here.
    private var peers: [Watcher] {
        var peers: [Watcher] = []
        if Program.exists("btop") {
            peers.append(
                Watcher(
                    name: "btop", arguments: ["btop", "--utf-force"], ready: ["cpu", "mem", "net", "proc"],
                    keys: ["\u{1B}[B", "\u{1B}[A"]))
        }
        if let ctop {
            let library = URL(fileURLWithPath: ctop).deletingLastPathComponent().deletingLastPathComponent().path
            peers.append(
                Watcher(
                    name: "ctop (PyPI)", arguments: ["python3", ctop],
                    environment: Program.environment + ["PYTHONPATH=\(library)"], ready: ["CGROUP", "/spyhop"],
                    keys: ["\u{1B}[B", "\u{1B}[A"]))
        }
        return peers
    }

    private func ours(_ names: [String]) -> Watcher {
        // Kibibytes are in the rows' own figures alone: the host has more, and graphs begin at a mebibyte.
        Watcher(
            name: "Spyhop", arguments: [spyhop], environment: environment, ready: Array(names.prefix(3)) + ["KiB"],
            keys: ["j", "k"])
    }

    func dashboards(_ names: [String], _ docker: Docker?) {
        let once = Program.median(
            10, [spyhop, "dashboard", "--once", "--size", "120x60"], environment: environment)
        report.row(
            "first full frame, \(names.count) containers, figures included (--once)", unit: "ms", ours: once,
            budget: "50 ms")
        var contenders = peers
        if let docker, let id = docker.keep(names.count) {
            contenders.append(
                Watcher(name: "docker stats", arguments: docker.command + ["stats"], ready: [id, "MiB"]))
        }
        if let podman = podmanStats(names.count) { contenders.append(podman) }
        rows(names, contenders, seconds: 30)
        if let added = docker?.stats(containers: names.count, seconds: 20)?.daemons {
            report.add(
                "| what watching adds in daemons | there is none | – | docker stats \(Report.number(added)) % of a core |"
            )
        }
        endPodman()
    }

    /// Docker and podman would need minutes and gibibytes for as many.
    func dashboardsOfAThousand(_ names: [String]) {
        let all = names + start(names.count..<1000)
        rows(all, peers, seconds: 20)
    }

    private func rows(_ names: [String], _ contenders: [Watcher], seconds: Double) {
        let ours = ours(names)
        let count = names.count
        report.row(
            "first full frame on a terminal, \(count) containers", unit: "ms",
            ours: ours.firstFrame(rows: UInt16(min(200, count + 20))), budget: count > 50 ? "–" : "50 ms",
            peers: contenders.map { ($0.name, $0.firstFrame()) })
        report.row(
            "key to repaint, \(count) containers", unit: "ms", ours: ours.keyToRepaint(), budget: "10 ms",
            peers: contenders.filter { !$0.keys.isEmpty }.map { ($0.name, $0.keyToRepaint()) })
        let mine = ours.steady(seconds: seconds)
        let theirs = contenders.map { ($0.name, $0.steady(seconds: 20)) }
        report.row(
            "steady, \(count) containers at 1 Hz", unit: "% of a core", ours: mine?.cpu,
            budget: count > 50 ? "–" : "0.5 %", peers: theirs.map { ($0.0, $0.1?.cpu) })
        report.row(
            "its memory", unit: "MiB", ours: mine?.memory, budget: count > 50 ? "–" : "20 MiB",
            peers: theirs.map { ($0.0, $0.1?.memory) })
    }

    private var podmanWords: [String] {
        [
            "podman", "--root", "\(directory)/pod/root", "--runroot", "\(directory)/pod/run", "--tmpdir",
            "\(directory)/pod/tmp", "--cgroup-manager", "cgroupfs", "--storage-driver", "vfs",
        ]
    }

    /// Containers of podman's own, and its `stats` over them.
    private func podmanStats(_ count: Int) -> Watcher? {
        guard Program.exists("podman") else { return nil }
        let words = podmanWords
        let rootfs = bundle.path + "/rootfs"
        let load = "tar -C '\(rootfs)' -c . | \(words.joined(separator: " ")) import - bench"
        guard Program.run(["sh", "-c", load]) == 0 else { return nil }
        for _ in 0..<count {
            guard Program.run(words + ["run", "-d", "--network=none", "bench", "sleep", "100000"]) == 0 else {
                return nil
            }
        }
        return Watcher(name: "podman stats", arguments: words + ["stats", "--interval", "1"], ready: ["MEM %", "kB"])
    }

    private func endPodman() {
        if Program.exists("podman") { Program.run(podmanWords + ["rm", "-f", "-t", "0", "--all"]) }
    }
}
