import Foundation
import Harness
import Testing

/// podman and conmon, unchanged, run their containers on `spyhop oci`.
@Suite(.needsRoot, .enabled(if: PodmanHome.isInstalled, "needs podman and conmon"))
struct PodmanRuntimeTests {
    private static let loop = "echo started; trap 'echo stopping; exit 0' TERM; while :; do sleep 0.1; done"

    @Test func podmanContainerGoesThroughItsWholeLife() throws {
        try PodmanHome.with { (podman) throws in
            let made = try podman.runContainer("-d", "--name", "life", "busybox", "sh", "-c", Self.loop)
            try #require(made.code == 0, "\(made.errors)")
            #expect(try Command.eventually { try podman.run("logs", "life").output == "started\n" })

            let inside = try podman.run(
                "exec", "-e", "WORD=deep", "-w", "/usr", "life", "sh", "-c", "echo $WORD; pwd; exit 9")
            #expect(inside.code == 9, "\(inside.errors)")
            #expect(inside.lines == ["deep", "/usr"])
            #expect(try podman.run("exec", "-i", "life", "cat", input: "through\n").output == "through\n")

            #expect(try podman.run("pause", "life").code == 0)
            #expect(try podman.inspect("life", "{{.State.Status}}") == "paused")
            #expect(try podman.run("unpause", "life").code == 0)
            #expect(try podman.inspect("life", "{{.State.Status}}") == "running")
            #expect(try podman.run("top", "life").output.contains("sh -c echo started"))

            #expect(try podman.run("stop", "--time", "5", "life").code == 0)
            #expect(try podman.inspect("life", "{{.State.Status}} {{.State.ExitCode}}") == "exited 0")
            #expect(try podman.run("start", "life").code == 0)
            #expect(try podman.run("kill", "life").code == 0)
            #expect(try podman.run("wait", "life").trimmed == "137")
            #expect(try podman.run("rm", "life").code == 0)
        }
    }

    @Test func podmanRunGivesExitCodesAndStreams() throws {
        try PodmanHome.with { (podman) throws in
            let outcome = try podman.runContainer("--rm", "busybox", "sh", "-c", "echo out; echo err >&2; exit 42")
            #expect(outcome.code == 42)
            #expect(outcome.output == "out\n")
            #expect(outcome.errors == "err\n")
            #expect(try podman.runContainer("--rm", "busybox", "/no/such/program").code == 127)
            #expect(try podman.runContainer("--rm", "-i", "busybox", "cat", input: "typed\n").output == "typed\n")
            #expect(
                try podman.runContainer("--rm", "--user", "1000:2000", "busybox", "sh", "-c", "id -u; id -g").output
                    == "1000\n2000\n")
            #expect(try podman.runContainer("--rm", "--read-only", "busybox", "touch", "/file").code != 0)
            #expect(try podman.runContainer("--rm", "--cap-drop", "ALL", "busybox", "chown", "1", "/tmp").code != 0)
            #expect(
                try podman.runContainer("--rm", "busybox", "grep", "^Seccomp:", "/proc/self/status").trimmed
                    == "Seccomp:\t2")

            let terminal = try podman.terminal(
                "run", "--rm", "-it", "--network", "none", "--cgroup-parent", podman.cgroupParent, "busybox", "sh")
            terminal.wait(forText: "#")
            terminal.type("stty size; echo to$((40 + 2))gether; exit 5\n")
            terminal.wait(forText: "to42gether")
            terminal.wait(forText: "40 120")
            #expect(terminal.waitForExit() == 5)
        }
    }

    @Test func podmanLimitsAreThoseOfTheCgroup() throws {
        try PodmanHome.with { (podman) throws in
            let made = try podman.runContainer(
                "-d", "--name", "small", "-m", "64m", "--cpus", "0.5", "--cpuset-cpus", "0", "--pids-limit", "30",
                "busybox",
                "sleep", "1000")
            try #require(made.code == 0, "\(made.errors)")
            #expect(try podman.limit("small", "memory", v1: "memory.limit_in_bytes", v2: "memory.max") == "67108864")
            #expect(try podman.limit("small", "pids", v1: "pids.max", v2: "pids.max") == "30")
            #expect(try podman.limit("small", "cpu", v1: "cpu.cfs_quota_us", v2: "cpu.max").hasPrefix("50000"))
            #expect(try podman.limit("small", "cpuset", v1: "cpuset.cpus", v2: "cpuset.cpus") == "0")
            let figures = try podman.run("stats", "--no-stream", "--format", "{{.PIDS}}", "small")
            #expect(figures.trimmed == "1", "\(figures.errors)")

            let hungry = try podman.runContainer(
                "--name", "hungry", "-m", "16m", "--memory-swap", "16m", "busybox", "dd", "if=/dev/zero",
                "of=/dev/null",
                "bs=128M", "count=1")
            #expect(hungry.code == 137)
            #expect(try podman.inspect("hungry", "{{.State.ExitCode}}") == "137")
        }
    }

    @Test func podmanMountsReachTheContainer() throws {
        try PodmanHome.with { (podman) throws in
            let folder = podman.directory + "/folder"
            mkdir(folder, 0o755)
            try "bound\n".write(toFile: folder + "/file", atomically: true, encoding: .utf8)
            let bound = try podman.runContainer(
                "--rm", "-v", "\(folder):/data:ro", "busybox", "sh", "-c", "cat /data/file; touch /data/new")
            #expect(bound.output == "bound\n" && bound.code != 0, "\(bound.errors)")
            #expect(
                try podman.runContainer(
                    "--rm", "--tmpfs", "/scratch:size=1m", "busybox", "grep", " /scratch ", "/proc/mounts"
                ).output.contains("size=1024k"))
            #expect(
                try podman.runContainer(
                    "--rm", "--device", "/dev/full:/dev/brim", "busybox", "stat", "-c", "%t,%T", "/dev/brim"
                ).trimmed == "1,7")
        }
    }

    @Test func podmanPodsShareTheirNamespaces() throws {
        try PodmanHome.with { (podman) throws in
            let pod = try podman.run(
                "pod", "create", "--name", "pod", "--network", "none", "--cgroup-parent", podman.cgroupParent,
                "--infra-image", "busybox", "--infra-command", "sleep 1000")
            try #require(pod.code == 0, "\(pod.errors)")
            let first = try podman.run("run", "-d", "--pod", "pod", "--name", "first", "busybox", "sleep", "1000")
            try #require(first.code == 0, "\(first.errors)")
            let script = "for kind in net ipc uts mnt pid; do readlink /proc/self/ns/$kind; done; hostname"
            let second = try podman.run("run", "--rm", "--pod", "pod", "busybox", "sh", "-c", script)
            let inside = try podman.run("exec", "first", "sh", "-c", script)
            #expect(second.code == 0 && inside.code == 0, "\(second.errors)\(inside.errors)")
            try #require(second.lines.count == 6 && inside.lines.count == 6)
            for index in 0..<3 { #expect(second.lines[index] == inside.lines[index]) }
            for index in 3..<5 { #expect(second.lines[index] != inside.lines[index]) }
            #expect(second.lines.last == "pod")
            let removed = try podman.run("pod", "rm", "--force", "--time", "0", "pod")
            #expect(removed.code == 0, "\(removed.errors)")
        }
    }
}
