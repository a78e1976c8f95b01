import Foundation
import Harness
import Testing

/// The operations beyond runtime.md that engines call, as runc's command line spells them.
@Suite(.needsRoot)
struct OperationTests {
    @Test(.clause("runc(8) exec"))
    func execRunsACommandInsideAndGivesItsExitCode() throws {
        try Box.with { (box) throws in
            try box.startSleeping()
            let outcome = try box.call("exec", box.id, "sh", "-c", "hostname; echo err >&2; exit 9")
            #expect(outcome.code == 9)
            #expect(outcome.output == "box\n")
            #expect(outcome.errors == "err\n")
        }
    }

    @Test(.clause("runc(8) exec"))
    func execTakesDirectoryEnvironmentAndUser() throws {
        try Box.with { (box) throws in
            try box.startSleeping()
            let outcome = try box.call(
                "exec", "--cwd", "/usr", "--env", "A=b c", "--user", "1000:2000", box.id, "/bin/sh", "-c",
                "pwd; echo \"$A\"; id -u; id -g")
            #expect(outcome.lines == ["/usr", "b c", "1000", "2000"], "\(outcome.errors)")
        }
    }

    @Test(.clause("runc(8) exec"))
    func execTakesAProcessDocument() throws {
        try Box.with { (box) throws in
            try box.startSleeping()
            let process: JSON = [
                "user": ["uid": 5, "gid": 6, "additionalGids": [77]], "cwd": "/bin", "env": ["PATH=/bin", "KEY=value"],
                "args": [
                    "sh", "-c", "id -u; id -g; id -G; pwd; echo $KEY; grep -E '^(CapEff|NoNewPrivs)' /proc/self/status",
                ],
                "noNewPrivileges": true,
                "capabilities": ["bounding": ["CAP_KILL"], "permitted": ["CAP_KILL"], "effective": ["CAP_KILL"]],
                "rlimits": [["type": "RLIMIT_NOFILE", "soft": 64, "hard": 64]],
            ]
            let file = box.directory + "/process.json"
            try process.encoded.write(toFile: file, atomically: true, encoding: .utf8)
            let outcome = try box.call("exec", "--process", file, box.id)
            #expect(outcome.lines.prefix(2) == ["5", "6"], "\(outcome.errors)")
            #expect(outcome.output.contains("77"))
            #expect(outcome.lines.contains("/bin") && outcome.lines.contains("value"))
            #expect(outcome.output.contains("NoNewPrivs:\t1"))
        }
    }

    @Test(.clause("runc(8) exec"))
    func execTakesATerminal() throws {
        try Box.with { (box) throws in
            try box.startSleeping()
            let socket = box.directory + "/console"
            let shown = box.directory + "/shown"
            let peer = try Command.start([Probe.path ?? "", "console", socket, "typed\n"], output: shown)
            defer {
                peer.signal(SIGKILL)
                peer.wait()
            }
            #expect(Command.eventually { access(socket, F_OK) == 0 })
            let outcome = try box.call(
                "exec", "--tty", "--detach", "--console-socket", socket, box.id, "sh", "-c",
                "read word; tty; echo got $word")
            #expect(outcome.code == 0, "\(outcome.errors)")
            #expect(Command.eventually { Command.text(shown).contains("got typed") }, "\(Command.text(shown))")
            #expect(Command.text(shown).contains("/dev/pts/"))
        }
    }

    @Test(.clause("runc(8) exec"))
    func execDetachedReturnsAtOnceAndWritesThePid() throws {
        try Box.with { (box) throws in
            try box.startSleeping()
            let file = box.directory + "/exec-pid"
            let outcome = try box.call("exec", "--detach", "--pid-file", file, box.id, "sleep", "1000")
            #expect(outcome.code == 0, "\(outcome.errors)")
            let pid = pid_t(Command.text(file)) ?? 0
            #expect(pid > 0 && kill(pid, 0) == 0)
            #expect(Command.eventually(attempts: 50) { Command.text("/proc/\(pid)/cmdline") == "sleep\01000\0" })
        }
    }

    @Test(.clause("runc(8) exec"))
    func execJoinsEveryNamespaceAndCgroup() throws {
        try Box.with { (box) throws in
            box.setNamespace("network")
            box.setNamespace("cgroup")
            try box.startSleeping()
            let file = box.directory + "/exec-pid"
            try box.call("exec", "--detach", "--pid-file", file, box.id, "sleep", "1000")
            let pid = Command.text(file)
            for name in ["pid", "net", "mnt", "ipc", "uts", "cgroup"] {
                let places = ["\(box.pid)", pid].map {
                    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\($0)/ns/\(name)"))
                        ?? "none \($0)"
                }
                #expect(places[0] == places[1], "\(name)")
            }
            if box.runtime.hasCgroups {
                #expect(Command.text("/proc/\(pid)/cgroup") == Command.text("/proc/\(box.pid)/cgroup"))
            }
        }
    }

    @Test(.clause("runc(8) exec"))
    func execOfACommandThatIsNotThereFails() throws {
        try Box.with { (box) throws in
            try box.startSleeping()
            #expect(try box.call("exec", box.id, "/no/such/program").code != 0)
            #expect(box.status == "running")
        }
    }

    @Test(.clause("runc(8) exec"), arguments: ["created", "stopped"])
    func execNeedsALivingContainer(status: String) throws {
        try Box.with { (box) throws in
            try box.create(running: "true")
            if status == "stopped" {
                try box.call("start", box.id)
                box.waitFor(status: "stopped")
                #expect(try box.call("exec", box.id, "true").code != 0)
            } else {
                // Between create and start it is allowed: Kubernetes' and podman's hooks use it.
                #expect(try box.call("exec", box.id, "true").code == 0)
            }
        }
    }

    @Test(.clause("runc(8) exec"))
    func noDescriptorReachesAnExecutedCommand() throws {
        try Box.with { (box) throws in
            try box.startSleeping()
            #expect(try box.call("exec", box.id, "probe", "fds").trimmed == "0 1 2")
        }
    }

    @Test(.clause("runc(8) ps"))
    func psListsTheProcessesOfTheContainer() throws {
        try Box.with { (box) throws in
            try box.needsCgroups()
            try box.startSleeping()
            try box.call("exec", "--detach", box.id, "sleep", "1000")
            let json = try box.call("ps", "--format", "json", box.id)
            let numbers = try JSON(parsing: json.output).items.compactMap(\.int)
            #expect(numbers.contains(Int(box.pid)))
            #expect(numbers.count >= 2)
            let table = try box.call("ps", box.id)
            #expect(table.lines.first?.contains("PID") == true)
            #expect(table.output.contains("\(box.pid)"))
        }
    }

    @Test(.clause("runc(8) pause"))
    func pauseStopsEveryProcessAndResumeLetsThemGo() throws {
        try Box.with { (box) throws in
            try box.needsCgroups()
            box.addMount("/shared", type: "bind", source: box.directory, options: ["bind"])
            try box.start(running: "while :; do echo x >> /shared/beat; sleep 0.01; done")
            let beats = { Command.text(box.directory + "/beat").count }
            #expect(Command.eventually { beats() > 0 })
            let paused = try box.call("pause", box.id)
            #expect(paused.code == 0, "\(paused.errors)")
            #expect(box.status == "paused")
            let before = beats()
            usleep(200_000)
            #expect(beats() <= before + 2)
            #expect(try box.call("resume", box.id).code == 0)
            #expect(box.status == "running")
            #expect(Command.eventually { beats() > before + 2 })
        }
    }

    @Test(.clause("runc(8) pause"))
    func aPausedContainerCanBeKilledAndDeletedByForce() throws {
        try Box.with { (box) throws in
            try box.needsCgroups()
            try box.startSleeping()
            try #require(box.call("pause", box.id).code == 0)
            let outcome = try box.call("delete", "--force", box.id)
            #expect(outcome.code == 0, "\(outcome.errors)")
            #expect(try box.state() == .null)
        }
    }

    @Test(.clause("runc(8) update"))
    func updateChangesTheLimitsOfALivingContainer() throws {
        try Box.with { (box) throws in
            try box.needsCgroups()
            box.config["linux", "resources", "memory"] = ["limit": 67_108_864]
            box.config["linux", "resources", "pids"] = ["limit": 50]
            box.config["linux", "resources", "cpu"] = ["quota": 50000, "period": 100_000, "shares": 512]
            try box.startSleeping()
            let outcome = try box.call(
                "update", "--memory", "134217728", "--pids-limit", "60", "--cpu-quota", "70000", box.id)
            #expect(outcome.code == 0, "\(outcome.errors)")
            let path = box.cgroupsPath
            #expect(CgroupTree.value(path, "memory", v1: "memory.limit_in_bytes", v2: "memory.max") == "134217728")
            #expect(CgroupTree.value(path, "pids", v1: "pids.max", v2: "pids.max") == "60")
            let quota = CgroupTree.value(path, "cpu", v1: "cpu.cfs_quota_us", v2: "cpu.max")
            #expect(quota?.hasPrefix("70000") == true)
        }
    }

    @Test(.clause("runc(8) update"))
    func updateTakesAResourcesDocument() throws {
        try Box.with { (box) throws in
            try box.needsCgroups()
            try box.startSleeping()
            let file = box.directory + "/resources.json"
            let resources: JSON = ["memory": ["limit": 100_663_296], "pids": ["limit": 70]]
            try resources.encoded.write(toFile: file, atomically: true, encoding: .utf8)
            let outcome = try box.call("update", "--resources", file, box.id)
            #expect(outcome.code == 0, "\(outcome.errors)")
            let path = box.cgroupsPath
            #expect(CgroupTree.value(path, "memory", v1: "memory.limit_in_bytes", v2: "memory.max") == "100663296")
            #expect(CgroupTree.value(path, "pids", v1: "pids.max", v2: "pids.max") == "70")
        }
    }

    @Test(.clause("runc(8) events"))
    func eventsGivesTheFiguresOnce() throws {
        try Box.with { (box) throws in
            try box.needsCgroups()
            guard box.runtime.kind != .crun else { throw CannotRun("crun has no events command") }
            try box.startSleeping()
            let outcome = try box.call("events", "--stats", box.id)
            let event = try JSON(parsing: outcome.output)
            #expect(event["type"].text == "stats")
            #expect(event["id"].text == box.id)
            #expect((event["data", "pids", "current"].int ?? 0) >= 1)
            #expect((event["data", "memory", "usage", "usage"].int ?? 0) > 0)
            #expect((event["data", "cpu", "usage", "total"].int ?? 0) > 0)
        }
    }

    @Test(.clause("runc(8) kill"))
    func killOfAllReachesEveryProcess() throws {
        try Box.with { (box) throws in
            try box.needsCgroups()
            box.removeNamespace("pid")
            try box.start(running: "sleep 1000 & sleep 1000 & echo ready; wait")
            box.waitFor(output: "ready")
            let path = CgroupTree.isUnified ? (CgroupTree.mounts[""] ?? "") : (CgroupTree.mounts["pids"] ?? "")
            let list = path + box.cgroupsPath + "/cgroup.procs"
            #expect(Command.text(list).split(separator: "\n").count == 3)
            #expect(try box.call("kill", "--all", box.id, "KILL").code == 0)
            #expect(Command.eventually { Command.text(list).isEmpty }, "\(Command.text(list))")
            box.waitFor(status: "stopped")
        }
    }

    @Test(.clause("features.md"))
    func featuresTellsWhatTheRuntimeCan() throws {
        try Box.with { (box) throws in
            guard box.runtime.kind != .crun else { throw CannotRun("this version of crun has no features command") }
            let outcome = try box.call("features")
            try #require(outcome.code == 0, "\(outcome.errors)")
            let features = try JSON(parsing: outcome.output)
            #expect(features["ociVersionMin"].text?.hasPrefix("1.") == true)
            #expect(features["ociVersionMax"].text?.hasPrefix("1.") == true)
            let hooks = Set(features["hooks"].items.compactMap(\.text))
            #expect(
                hooks.isSuperset(of: [
                    "prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop",
                ]))
            #expect(features["mountOptions"].items.contains("rbind"))
            let namespaces = Set(features["linux", "namespaces"].items.compactMap(\.text))
            #expect(namespaces.isSuperset(of: ["pid", "mount", "network", "ipc", "uts", "user", "cgroup"]))
            #expect(features["linux", "capabilities"].items.contains("CAP_KILL"))
            #expect(features["linux", "cgroup", "v1"] == true)
            #expect(features["linux", "cgroup", "v2"] == true)
            #expect(features["linux", "seccomp", "enabled"] == true)
            #expect(features["linux", "seccomp", "actions"].items.contains("SCMP_ACT_NOTIFY"))
        }
    }

    @Test(.clause("runc(8) spec"))
    func specWritesAConfigurationThatRuns() throws {
        try Box.with { (box) throws in
            let outcome = try box.call("spec", "--bundle", box.bundle)
            guard box.runtime.kind != .crun || outcome.code == 0 else {
                throw CannotRun("this version of crun writes into the working directory alone")
            }
            try #require(outcome.code == 0, "\(outcome.errors)")
            var written = try JSON(parsing: Command.text(box.bundle + "/config.json"))
            #expect(written["process", "args"] == ["sh"])
            written["process", "terminal"] = false
            written["linux", "cgroupsPath"] = .string(box.cgroupsPath)
            box.config = written
            #expect(try box.output(of: "echo runs") == "runs")
        }
    }

    @Test(.clause("runc(8)"))
    func errorsGoToTheLogAsJSONWhenAsked() throws {
        try Box.with { (box) throws in
            let log = box.directory + "/log.json"
            box.globals = ["--log", log, "--log-format", "json"]
            let outcome = try box.call("start", "nobody")
            #expect(outcome.code != 0)
            let line = Command.text(log).split(separator: "\n").last.map(String.init) ?? ""
            let entry = try JSON(parsing: line)
            #expect(entry["level"].text == "error")
            #expect(entry["msg"].text?.isEmpty == false)
        }
    }
}
