import Foundation

/// The rows of the runtime alone: a prepared bundle, as engines hand it over, and many starts at once.
extension Bench {
    /// The same bundle by every runtime's own command, cgroups included.
    func runtimeTimes() {
        let rounds = 40
        let ours = peer(spyhop, ["oci"], rounds: rounds)
        report.row(
            "oci run BUNDLE", unit: "ms", ours: ours, budget: "under crun's",
            peers: [("crun run", peer("crun", rounds: rounds)), ("runc run", peer("runc", rounds: rounds))])
    }

    /// A runtime's `run` of the bundle, in a mount namespace of its own in which only cgroup version 1 is to be seen: crun
    /// refuses hybrid hosts, and its device program for version 2 takes a capability that this machine may not give.
    func peer(_ name: String, _ options: [String] = [], rounds: Int) -> Double? {
        guard let own = ownExecutable else { return nil }
        let words = ([name] + options + ["--root", "\(directory)/run-\(name.split(separator: "/").last ?? "")"])
        let command =
            "exec '\(own)' time \(rounds) \(words.joined(separator: " ")) run --bundle '\(bundle.path)' bench-\(getpid())"
        return Double(Program.output(["unshare", "--mount", "sh", "-c", Self.versionOneAlone + command]))
    }

    private static let versionOneAlone =
        "mount --make-rprivate /; umount -l /sys/fs/cgroup/unified /sys/fs/cgroup/systemd 2>/dev/null; "

    /// A shell loop that starts containers without waiting for one another; containers a second, and failures.
    func parallelStarts() {
        let count = 1000
        let run = "\(spyhop) run -d --network none --name many$i busybox sleep 100000"
        let remove = "\(spyhop) rm -f $(seq -f many%g \(count))"
        let ours = parallel(count, run, remove)
        let spec = "\(directory)/many"
        Program.run(["cp", "-r", bundle.path, spec])
        Program.run(["sed", "-i", "s/\"true\"/\"sleep\",\"100000\"/", "\(spec)/config.json"])
        // Many cannot share one cgroup.
        let path = #""cgroupsPath":"[^"]*""#
        Program.run(["sed", "-i", "-e", "s/\(path),//", "-e", "s/,\(path)//", "\(spec)/config.json"])
        let crun = "crun --root \(directory)/run-many"
        let peer = parallel(
            count, "\(crun) run -d --bundle \(spec) many$i",
            "for i in $(seq \(count)); do \(crun) delete -f many$i; done")
        report.row(
            "\(count) starts by a shell loop, all at once", unit: "a second", ours: ours.map { $0.rate },
            budget: "no failure", peers: [("crun run -d of a bundle", peer?.rate)])
        if let ours {
            report.add("| … failures | \(ours.failures) | 0 | crun \(peer.map { String($0.failures) } ?? "–") |")
        }
    }

    private func parallel(_ count: Int, _ start: String, _ remove: String) -> (rate: Double, failures: Int)? {
        let script = """
            \(Self.versionOneAlone)
            cd '\(directory)'; rm -f failed; before=$(date +%s%N)
            for i in $(seq \(count)); do { \(start) >/dev/null 2>>errors || echo $i >>failed; } & done; wait
            after=$(date +%s%N); echo $(( (after - before) / 1000 )) $(cat failed 2>/dev/null | wc -l)
            { \(remove); } >/dev/null 2>&1
            """
        let words = Program.output(["unshare", "--mount", "sh", "-c", script], environment: environment).split(
            separator: " ")
        guard words.count == 2, let micros = Double(words[0]), let failures = Int(words[1]) else { return nil }
        return (Double(count) / (micros / 1e6), failures)
    }
}

/// This program's own path, to start itself again inside a namespace.
var ownExecutable: String? { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") }
