import Foundation
import Harness
import Testing

/// dockerd and containerd, unchanged, run their containers on `spyhop oci`.
@Suite(.needsRoot, .enabled(if: DockerDaemon.isInstalled, "needs dockerd and containerd"))
struct DockerRuntimeTests {
    private static let loop = "echo started; trap 'echo stopping; exit 0' TERM; while :; do sleep 0.1; done"

    @Test func dockerContainerGoesThroughItsWholeLife() throws {
        try DockerDaemon.with { (docker) throws in
            let made = try docker.run("run", "-d", "--name", "life", "busybox", "sh", "-c", Self.loop)
            try #require(made.code == 0, "\(made.errors)")
            #expect(try Command.eventually { try docker.run("logs", "life").output == "started\n" })

            let inside = try docker.run(
                "exec", "-e", "WORD=deep", "-w", "/usr", "life", "sh", "-c", "echo $WORD; pwd; exit 9")
            #expect(inside.code == 9)
            #expect(inside.lines == ["deep", "/usr"])
            #expect(try docker.run("exec", "-i", "life", "cat", input: "through\n").output == "through\n")
            #expect(try docker.run("exec", "life", "/no/such/program").code != 0)

            #expect(try docker.run("pause", "life").code == 0)
            #expect(try docker.inspect("life", "{{.State.Status}}") == "paused")
            #expect(try docker.run("unpause", "life").code == 0)
            #expect(try docker.inspect("life", "{{.State.Status}}") == "running")

            let table = try docker.run("top", "life")
            #expect(table.lines.first?.contains("PID") == true)
            #expect(table.output.contains("sh -c echo started"))
            let figures = try docker.run("stats", "--no-stream", "--format", "{{.PIDs}} {{.MemUsage}}", "life")
            #expect(figures.code == 0 && !figures.trimmed.hasPrefix("0 "), "\(figures)")

            #expect(try docker.run("restart", "-t", "5", "life").code == 0)
            #expect(try Command.eventually { try docker.run("logs", "life").output == "started\nstopping\nstarted\n" })
            #expect(try docker.run("stop", "-t", "5", "life").code == 0)
            #expect(try docker.inspect("life", "{{.State.Status}} {{.State.ExitCode}}") == "exited 0")
            #expect(try docker.run("start", "life").code == 0)
            #expect(try docker.run("kill", "life").code == 0)
            #expect(try docker.run("wait", "life").trimmed == "137")
            #expect(try docker.run("start", "life").code == 0)
            #expect(try docker.run("rm", "-f", "life").code == 0)
        }
    }

    @Test func dockerRunGivesExitCodesAndStreams() throws {
        try DockerDaemon.with { (docker) throws in
            let outcome = try docker.run("run", "--rm", "busybox", "sh", "-c", "echo out; echo err >&2; exit 42")
            #expect(outcome.code == 42)
            #expect(outcome.output == "out\n")
            #expect(outcome.errors == "err\n")
            #expect(try docker.run("run", "--rm", "busybox", "/no/such/program").code == 127)
            #expect(try docker.run("run", "--rm", "busybox", "/etc/passwd").code == 126)
            #expect(try docker.run("run", "--rm", "-i", "busybox", "cat", input: "typed\n").output == "typed\n")

            let terminal = try docker.terminal("run", "--rm", "-it", "busybox", "sh")
            terminal.wait(forText: "#")
            terminal.type("stty size; echo to$((40 + 2))gether; tty\n")
            terminal.wait(forText: "to42gether")
            terminal.wait(forText: "40 120")
            terminal.wait(forText: "/dev/pts/0")
            terminal.resize(columns: 90, rows: 30)
            terminal.type("sleep 0.3; stty size; exit 5\n")
            terminal.wait(forText: "30 90")
            #expect(terminal.waitForExit() == 5)
        }
    }

    @Test func dockerExecTakesATerminal() throws {
        try DockerDaemon.with { (docker) throws in
            try #require(docker.run("run", "-d", "--name", "host", "busybox", "sleep", "1000").code == 0)
            let terminal = try docker.terminal("exec", "-it", "host", "sh")
            terminal.wait(forText: "#")
            // Docker sends the size after the start: until then there is none.
            terminal.type("echo to$((40 + 2))gether; until stty size 2>/dev/null; do sleep 0.1; done; exit 6\n")
            terminal.wait(forText: "to42gether")
            terminal.wait(forText: "40 120")
            #expect(terminal.waitForExit() == 6)
        }
    }

    @Test func dockerLimitsAreThoseOfTheCgroup() throws {
        try DockerDaemon.with { (docker) throws in
            let made = try docker.run(
                "run", "-d", "--name", "small", "-m", "64m", "--memory-reservation", "32m", "--cpus", "0.5",
                "--cpuset-cpus", "0", "--pids-limit", "30", "busybox", "sleep", "1000")
            try #require(made.code == 0, "\(made.errors)")
            #expect(try docker.limit("small", "memory", v1: "memory.limit_in_bytes", v2: "memory.max") == "67108864")
            #expect(try docker.limit("small", "pids", v1: "pids.max", v2: "pids.max") == "30")
            #expect(try docker.limit("small", "cpu", v1: "cpu.cfs_quota_us", v2: "cpu.max").hasPrefix("50000"))
            #expect(try docker.limit("small", "cpuset", v1: "cpuset.cpus", v2: "cpuset.cpus") == "0")
            let updated = try docker.run("update", "-m", "96m", "--memory-swap", "96m", "--pids-limit", "40", "small")
            #expect(updated.code == 0, "\(updated.errors)")
            #expect(try docker.limit("small", "memory", v1: "memory.limit_in_bytes", v2: "memory.max") == "100663296")
            #expect(try docker.limit("small", "pids", v1: "pids.max", v2: "pids.max") == "40")

            // Docker takes notice of it only when it hears so before it hears of the container's end.
            let hungry = try docker.run(
                "run", "--name", "hungry", "-m", "16m", "--memory-swap", "16m", "busybox", "sh", "-c",
                "dd if=/dev/zero of=/dev/null bs=128M count=1; code=$?; sleep 1; exit $code")
            #expect(hungry.code == 137)
            #expect(try docker.inspect("hungry", "{{.State.OOMKilled}} {{.State.ExitCode}}") == "true 137")
        }
    }

    @Test func dockerOptionsReachTheContainer() throws {
        try DockerDaemon.with { (docker) throws in
            func output(_ arguments: String...) throws -> String {
                let outcome = try docker.run(["run", "--rm"] + arguments)
                #expect(outcome.code == 0, "\(arguments): \(outcome.errors)")
                return outcome.trimmed
            }
            #expect(
                try output("--network", "none", "busybox", "sh", "-c", "tail -n +3 /proc/net/dev | cut -d: -f1")
                    .trimmingCharacters(in: .whitespaces) == "lo")
            let host = Command.text("/proc/net/dev").split(separator: "\n").count
            #expect(try output("--network", "host", "busybox", "sh", "-c", "wc -l < /proc/net/dev") == "\(host)")
            #expect(
                try output("--init", "busybox", "sh", "-c", "tr '\\0' ' ' < /proc/1/cmdline").contains("docker-init"))
            #expect(try docker.run("run", "--rm", "--read-only", "busybox", "touch", "/file").code != 0)
            #expect(
                try output("--read-only", "--tmpfs", "/tmp", "busybox", "sh", "-c", "touch /tmp/file; ls /tmp")
                    == "file")
            #expect(
                try output("--user", "1000:2000", "--group-add", "77", "busybox", "sh", "-c", "id -u; id -g; id -G")
                    .hasPrefix("1000\n2000\n2000 77"))
            #expect(try docker.run("run", "--rm", "--cap-drop", "ALL", "busybox", "chown", "1", "/tmp").code != 0)
            #expect(try output("--cap-drop", "ALL", "--cap-add", "CHOWN", "busybox", "chown", "1", "/tmp") == "")
            #expect(
                try output("--security-opt", "no-new-privileges", "busybox", "grep", "NoNewPrivs", "/proc/self/status")
                    == "NoNewPrivs:\t1")
            #expect(try output("busybox", "grep", "^Seccomp:", "/proc/self/status") == "Seccomp:\t2")
            #expect(try output("--hostname", "orca", "busybox", "hostname") == "orca")
            #expect(
                try output("--ulimit", "nofile=128:256", "busybox", "sh", "-c", "ulimit -Sn; ulimit -Hn") == "128\n256")
            #expect(
                try output("--sysctl", "net.ipv4.ip_forward=1", "busybox", "cat", "/proc/sys/net/ipv4/ip_forward")
                    == "1")
            #expect(
                try output("--shm-size", "8m", "busybox", "grep", " /dev/shm ", "/proc/mounts").contains("size=8192k"))
            #expect(
                try output("--pid", "host", "busybox", "sh", "-c", "ls -d /proc/\(getpid())") == "/proc/\(getpid())")
        }
    }

    @Test func dockerMountsAndDevicesReachTheContainer() throws {
        try DockerDaemon.with { (docker) throws in
            let folder = docker.directory + "/folder"
            mkdir(folder, 0o755)
            try "bound\n".write(toFile: folder + "/file", atomically: true, encoding: .utf8)
            let bound = try docker.run(
                "run", "--rm", "-v", "\(folder):/data:ro", "busybox", "sh", "-c", "cat /data/file; touch /data/new")
            #expect(bound.output == "bound\n" && bound.code != 0)
            try #require(docker.run("volume", "create", "pool").code == 0)
            #expect(
                try docker.run("run", "--rm", "-v", "pool:/data", "busybox", "sh", "-c", "echo kept > /data/file").code
                    == 0)
            #expect(
                try docker.run(
                    "run", "--rm", "--mount", "type=volume,src=pool,dst=/data", "busybox", "cat", "/data/file"
                ).output == "kept\n")
            let device = try docker.run(
                "run", "--rm", "--device", "/dev/full:/dev/brim:rw", "busybox", "sh", "-c",
                "stat -c '%t,%T' /dev/brim; echo x > /dev/brim")
            #expect(device.lines.first == "1,7")
            #expect(device.errors.contains("No space left"), "\(device.errors)")
        }
    }

    @Test(.enabled(if: EngineRuntime.isSpyhop, "runc cannot grant every capability where the host withholds one"))
    func dockerPrivilegedContainersHaveEveryDeviceAndCapability() throws {
        try DockerDaemon.with { (docker) throws in
            let outcome = try docker.run(
                "run", "--rm", "--privileged", "busybox", "sh", "-c",
                "grep ^CapEff /proc/self/status; ls /dev | wc -l; head -c1 /dev/kmsg >/dev/null && echo kmsg; mount -t tmpfs x /tmp && echo mounted"
            )
            #expect(outcome.code == 0, "\(outcome.errors)")
            func mask(_ line: String?) -> UInt64 {
                line.flatMap { UInt64($0.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16) } ?? 0
            }
            let status = Command.text("/proc/self/status").split(separator: "\n").map(String.init)
            let own = mask(status.first { $0.hasPrefix("CapEff") })
            // dockerd asks for those it knows, in Debian 12 up to 37, CAP_AUDIT_READ.
            let given = mask(outcome.lines.first)
            #expect(given & ~own == 0 && given & 0x3f_ffff_ffff == own & 0x3f_ffff_ffff)
            #expect(outcome.lines.contains("mounted"))
        }
    }

    @Test func dockerHealthChecksRunByExec() throws {
        try DockerDaemon.with { (docker) throws in
            let made = try docker.run(
                "run", "-d", "--name", "sick", "--health-cmd", "test -e /well", "--health-interval", "200ms",
                "--health-retries", "2", "busybox", "sleep", "1000")
            try #require(made.code == 0, "\(made.errors)")
            #expect(try Command.eventually { try docker.inspect("sick", "{{.State.Health.Status}}") == "unhealthy" })
            #expect(try docker.run("exec", "sick", "touch", "/well").code == 0)
            #expect(try Command.eventually { try docker.inspect("sick", "{{.State.Health.Status}}") == "healthy" })
        }
    }

    @Test func twentyDockerContainersRunAtOnce() throws {
        try DockerDaemon.with { (docker) throws in
            let names = (1...20).map { "many\($0)" }
            let script =
                names.map {
                    "docker --host unix://\(docker.directory)/docker.sock run -d --name \($0) busybox sleep 1000 &"
                }.joined(separator: "\n") + "\nwait"
            let started = try Command.run(["/bin/sh", "-c", script], scratch: docker.directory, seconds: 120)
            #expect(started.lines.count == 20, "\(started.errors)")
            #expect(try docker.run("ps", "-q").lines.count == 20)
            for name in names { #expect(try docker.run("exec", name, "true").code == 0, "\(name)") }
            #expect(try docker.run(["rm", "-f"] + names).code == 0)
            #expect(try docker.run("ps", "-aq").lines.isEmpty)
        }
    }
}
