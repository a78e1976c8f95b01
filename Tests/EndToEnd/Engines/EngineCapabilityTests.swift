import Foundation
import Harness
import Testing

/// What a real dockerd and podman's service can do besides containers' lives, asked by Spyhop's command line.
@Suite(.needsRoot, .serialized)
struct EngineCapabilityTests {
    private static let kinds = ServedEngine.Kind.allCases.filter(\.isInstalled)

    @Test(arguments: kinds)
    func logsAreFollowedAndCutByTime(kind: ServedEngine.Kind) throws {
        try ServedEngine.with(kind) { engine in
            let talk = "echo one; echo two >&2; until test -e /go; do sleep 0.1; done; echo three"
            try #require(engine.runContainer("-d", "--name", "talk", "busybox", "sh", "-c", talk).code == 0)
            let file = engine.directory + "/followed"
            let follower = try Command.start(
                [Programs.spyhop, "--engine", kind.rawValue, "-H", "unix://\(engine.socket)", "logs", "-f", "talk"],
                environment: engine.environment, output: file)
            #expect(Command.eventually { Set(Command.text(file).split(separator: "\n")) == ["one", "two"] })
            #expect(try engine.run("exec", "talk", "touch", "/go").code == 0)
            // The end of the container is the end of its log.
            #expect(try follower.wait(seconds: 60) == 0)
            #expect(Command.text(file).hasSuffix("three\n"))

            #expect(try engine.run("logs", "--tail", "1", "talk").output == "three\n")
            #expect(try engine.run("logs", "--since", "1h", "talk").output == "one\nthree\n")
            #expect(try engine.run("logs", "--since", "2090-01-01T00:00:00Z", "talk").output == "")
            #expect(try engine.run("logs", "--until", "2020-01-01T00:00:00Z", "talk").output == "")
            let stamped = try engine.run("logs", "-t", "talk").lines
            #expect(stamped.count == 2 && stamped.allSatisfy { $0.hasPrefix("20") && $0.contains("Z ") }, "\(stamped)")

            // A terminal's output is one stream, without frames.
            try #require(
                engine.runContainer("-dt", "--name", "tty", "busybox", "sh", "-c", "echo a; echo b >&2").code == 0)
            #expect(try engine.run("wait", "tty").trimmed == "0")
            #expect(try engine.run("logs", "tty").output == "a\r\nb\r\n")
        }
    }

    @Test(arguments: kinds)
    func containersAreJoinedAndLeft(kind: ServedEngine.Kind) throws {
        try ServedEngine.with(kind) { engine in
            let echo = "while read x; do echo got $x; echo err >&2; done; exit 4"
            try #require(engine.runContainer("-di", "--name", "echo", "busybox", "sh", "-c", echo).code == 0)
            let joined = try engine.run(["attach", "echo"], input: "a\nb\n")
            #expect(joined.code == 4)
            #expect(joined.output == "got a\ngot b\n")
            #expect(joined.errors == "err\nerr\n")

            try #require(engine.runContainer("-dit", "--name", "box", "busybox", "sh").code == 0)
            let screen = try engine.terminal("attach", "box", columns: 71, rows: 17)
            screen.type("\r")
            screen.wait(forText: "#")
            screen.type("until stty size | grep -q '17 71'; do sleep 0.1; done; echo fi''rst\r")
            screen.wait(forText: "first")
            screen.resize(columns: 83, rows: 19)
            screen.type("until stty size | grep -q '19 83'; do sleep 0.1; done; echo sec''ond\r")
            screen.wait(forText: "second")
            screen.type("\u{10}\u{11}")
            #expect(screen.waitForExit() == 0)
            #expect(try engine.state("box") == "running")
            let again = try engine.terminal("attach", "--detach-keys", "ctrl-x,q", "box")
            again.type("\recho sti''ll\r")
            again.wait(forText: "still")
            again.type("\u{18}q")
            #expect(again.waitForExit() == 0)
            #expect(try engine.state("box") == "running")
            let last = try engine.terminal("attach", "box")
            last.type("exit 9\r")
            #expect(last.waitForExit() == 9)
        }
    }

    /// In a network namespace of its own: networks are really made there, and the registry speaks plain HTTP on loopback.
    @Test(arguments: kinds)
    func networksAreMadeAndRegistriesSpokenTo(kind: ServedEngine.Kind) throws {
        try #require(RegistryServer.isInstalled)
        let space = try NetworkSpace()
        try space.inside {
            try ServedEngine.with(kind) { engine in
                try networks(engine)
                let registry = try RegistryServer(in: engine.directory)
                let name = "\(registry.address)/library/bb:1"
                #expect(try engine.run("tag", "busybox", name).code == 0)
                let pushed = try engine.run("push", name)
                #expect(pushed.code == 0 && pushed.output.contains("digest: sha256:"), "\(pushed)")
                #expect(try engine.run("rmi", name).code == 0)
                let pulled = try engine.run("pull", name)
                #expect(pulled.code == 0 && pulled.lines.last == name, "\(pulled)")
                #expect(try engine.run("pull", "-q", name).output == name + "\n")
                let missing = try engine.run("pull", "\(registry.address)/library/nothing:1")
                #expect(missing.code == 1 && missing.errors.contains("nothing"), "\(missing)")
                #expect(try engine.run("rmi", name).code == 0)
                let ran = try engine.runContainer("--rm", name, "echo", "fetched")
                #expect(ran.output == "fetched\n", "\(ran.errors)")
                registry.stop()
                let nobody = try engine.run("pull", name)
                #expect(nobody.code == 1 && !nobody.errors.isEmpty)
            }
        }
    }

    private func networks(_ engine: ServedEngine) throws {
        let made = try engine.run("network", "create", "--subnet", "10.99.0.0/24", "--label", "a=b", "inner")
        try #require(made.code == 0, "\(made.errors)")
        #expect(try engine.run("network", "ls", "-q", "--no-trunc").lines.contains(made.trimmed))
        #expect(
            try engine.run("network", "inspect", "--format", "{{.Driver}} {{.Labels.a}}", "inner").trimmed
                == "bridge b")
        #expect(try engine.run("network", "create", "--internal", "far").code == 0)
        let options = engine.options.filter { $0 != "--network" && $0 != "none" }
        let words = ["--network", "inner", "--ip", "10.99.0.7", "--name", "on", "busybox", "sleep", "1000"]
        let ran = try engine.run(["run", "-d"] + options + words)
        try #require(ran.code == 0, "\(ran.errors)")
        let address = "{{(index .NetworkSettings.Networks \"inner\").IPAddress}}"
        #expect(try engine.run("inspect", "--format", address, "on").trimmed == "10.99.0.7")
        #expect(try engine.run("ps", "-q", "--filter", "network=inner").lines.count == 1)
        #expect(try engine.run("network", "connect", "far", "on").code == 0)
        #expect(try engine.run("exec", "on", "ls", "/sys/class/net").lines == ["eth0", "eth1", "lo"])
        #expect(try engine.run("network", "disconnect", "far", "on").code == 0)
        #expect(try engine.run("exec", "on", "ls", "/sys/class/net").lines == ["eth0", "lo"])
        let used = try engine.run("network", "rm", "inner")
        #expect(used.code == 1 && used.errors.contains("inner"), "\(used)")
        #expect(try engine.run("rm", "-f", "on").code == 0)
        #expect(try engine.run("network", "rm", "inner").output == "inner\n")
        #expect(try engine.run("network", "prune", "-f").output == "Deleted Networks:\nfar\n\n")
    }

    @Test(arguments: kinds)
    func whatHappensIsTold(kind: ServedEngine.Kind) throws {
        try ServedEngine.with(kind) { engine in
            try runShop(engine)
            let file = engine.directory + "/events"
            let watcher = try Command.start(
                [
                    Programs.spyhop, "--engine", kind.rawValue, "-H", "unix://\(engine.socket)", "events", "--format",
                    "{{.Type}} {{.Action}} {{.Actor.ID}} {{.Actor.Attributes.name}}",
                ], environment: engine.environment, output: file)
            defer {
                watcher.signal(SIGTERM)
                watcher.wait()
            }
            // Nothing says when it listens: something happens until it is heard.
            #expect(
                try Command.eventually(attempts: 60) {
                    _ = try engine.native(["pause", "shop-web-1"])
                    _ = try engine.native(["unpause", "shop-web-1"])
                    return Command.text(file).contains("container unpause")
                })
            #expect(try engine.run("volume", "create", "spare").code == 0)
            #expect(try engine.run("tag", "busybox", "named:1").code == 0)
            #expect(
                Command.eventually {
                    let told = Command.text(file)
                    return told.contains("volume create spare") && told.contains("image tag")
                }, "\(Command.text(file))")

            let processes = try engine.run("top", "shop-web-1")
            #expect(processes.code == 0 && processes.output.contains("sleep 1000"), "\(processes)")
            let pid = try engine.native(["inspect", "--format", "{{.State.Pid}}", "shop-web-1"]).trimmed
            #expect(processes.lines.last?.split(separator: " ").dropFirst().first.map(String.init) == pid)
            let told = try engine.run("info", "--format", "{{.Containers}} {{.ContainersRunning}} {{.Images}}")
            #expect(told.output == "1 1 1\n", "\(told)")
            let frame = try engine.run("dashboard", "--once", "--size", "140x20")
            let row = frame.lines.first { $0.contains("shop-web-1") }
            #expect(row.map { !$0.contains("–") && $0.contains("iB") } == true, "\(frame.output)")
        }
    }

    @Test(arguments: kinds)
    func whatIsLeftIsCleared(kind: ServedEngine.Kind) throws {
        try ServedEngine.with(kind) { engine in
            try runShop(engine)
            #expect(try engine.run("volume", "create", "spare").code == 0)
            let archive = engine.directory + "/root.tar"
            _ = try Command.run(["/bin/tar", "-C", BusyboxRoot.path, "-cf", archive, "."], scratch: engine.directory)
            #expect(try engine.run("import", "-c", "CMD [\"echo\", \"imported\"]", archive, "other:2").code == 0)
            let ran = try engine.runContainer("other:2")
            #expect(ran.output == "imported\n", "\(ran.errors)")

            #expect(try engine.run("system", "df", "-v").output.contains("shop-web-1"))
            let stopped = try engine.run("ps", "-aq", "--no-trunc", "--filter", "status=exited").trimmed
            #expect(stopped.count == 64)
            #expect(try engine.run("container", "prune", "-f").output.hasPrefix("Deleted Containers:\n\(stopped)\n"))
            #expect(try engine.run("volume", "prune", "-af").output.hasPrefix("Deleted Volumes:\nspare\n"))
            let cleared = try engine.run("system", "prune", "-af")
            #expect(cleared.code == 0 && cleared.output.contains("Deleted Images:"), "\(cleared)")
            #expect(try engine.run("ps", "-aq").lines.count == 1)
            #expect(try engine.run("images", "--format", "{{.Tag}}").lines == ["latest"])
        }
    }

    /// A container as Compose makes one.
    private func runShop(_ engine: ServedEngine) throws {
        let labels = ["-l", "com.docker.compose.project=shop", "-l", "com.docker.compose.service=web"]
        let words = ["--name", "shop-web-1", "busybox", "sleep", "1000"]
        let made = try engine.run(["run", "-d"] + engine.options + labels + words)
        try #require(made.code == 0, "\(made.errors)")
        let service = "{{.Names}} {{.Label \"com.docker.compose.service\"}}"
        #expect(
            try engine.run("ps", "--filter", "label=com.docker.compose.project=shop", "--format", service).output
                == "shop-web-1 web\n")
    }
}
