import Foundation
import Harness
import Testing

/// Spyhop's command line on a real dockerd and on podman's service.
@Suite(.needsRoot, .serialized)
struct EngineCommandTests {
    private static let kinds = ServedEngine.Kind.allCases.filter(\.isInstalled)
    private static let loop = "echo out; echo err >&2; trap 'exit 3' TERM; while :; do sleep 0.1; done"

    @Test(arguments: kinds)
    func aContainerLivesItsLife(kind: ServedEngine.Kind) throws {
        try ServedEngine.with(kind) { engine in
            let made = try engine.run(
                ["create"] + engine.options + ["--name", "life", "-l", "a=b", "busybox", "sh", "-c", Self.loop])
            try #require(made.code == 0, "\(made.errors)")
            #expect(made.trimmed.count == 64)
            #expect(try engine.state("life") == "created")
            #expect(try engine.run("start", "life").output == "life\n")
            #expect(try engine.state("life") == "running")
            #expect(try Command.eventually { try engine.run("logs", "life").output == "out\n" })
            #expect(try engine.run("logs", "life").errors == "err\n")
            #expect(try engine.run("logs", "--tail", "1", "--timestamps", "life").code == 0)

            let listed = try engine.run("ps", "--format", "{{.Names}} {{.State}} {{.Label \"a\"}} {{.Engine}}")
            #expect(listed.output == "life running b \(kind.rawValue)\n")
            #expect(try engine.run("ps", "-q", "--no-trunc").trimmed == made.trimmed)
            #expect(try engine.run("inspect", "--format", "{{.State.Status}}", "life").trimmed == "running")

            #expect(try engine.run("pause", "life").code == 0)
            #expect(try engine.state("life") == "paused")
            #expect(try engine.run("unpause", "life").code == 0)
            #expect(try engine.run("rename", "life", "other").code == 0)
            #expect(try engine.state("other") == "running")
            #expect(try engine.run("restart", "-t", "5", "other").code == 0)
            #expect(try engine.run("stop", "-t", "5", "other").code == 0)
            #expect(try engine.run("ps", "-a", "--format", "{{.Status}}").output.hasPrefix("Exited (3)"))
            #expect(try engine.run("wait", "other").trimmed == "3")
            #expect(try engine.run("start", "other").code == 0)
            #expect(try engine.run("rm", "other").code == 1)
            #expect(try engine.run("kill", "other").code == 0)
            #expect(try engine.run("wait", "other").trimmed == "137")
            #expect(try engine.run("rm", "other").output == "other\n")
            #expect(try engine.run("ps", "-aq").output == "")
            let missing = try engine.run("stop", "other")
            #expect(missing.code == 1 && missing.errors.lowercased().contains("no such container"), "\(missing.errors)")
        }
    }

    @Test(arguments: kinds)
    func commandsRunInsideAndGiveTheirStreamsAndCodes(kind: ServedEngine.Kind) throws {
        try ServedEngine.with(kind) { engine in
            let outcome = try engine.runContainer("--rm", "busybox", "sh", "-c", "echo out; echo err >&2; exit 42")
            #expect(outcome.code == 42)
            #expect(outcome.output == "out\n")
            #expect(outcome.errors == "err\n")
            #expect(try engine.runContainer("--rm", "-i", "busybox", "cat", input: "typed\n").output == "typed\n")
            #expect(try engine.runContainer("--rm", "busybox", "/no/such/program").code == 127)

            try #require(engine.runContainer("-d", "--name", "host", "-e", "A=1", "busybox", "sleep", "1000").code == 0)
            let inside = try engine.run(
                "exec", "-e", "WORD=deep", "-w", "/usr", "host", "sh", "-c", "echo $A $WORD; pwd; exit 9")
            #expect(inside.code == 9)
            #expect(inside.lines == ["1 deep", "/usr"])
            #expect(try engine.run(["exec", "-i", "host", "cat"], input: "through\n").output == "through\n")
            #expect(try engine.run("exec", "-d", "host", "touch", "/made").code == 0)
            #expect(try Command.eventually { try engine.run("exec", "host", "ls", "/made").code == 0 })

            let terminal = try engine.terminal("exec", "-it", "host", "sh")
            terminal.wait(forText: "#")
            terminal.type("until stty size 2>/dev/null | grep -q 40; do sleep 0.1; done; stty size; exit 6\n")
            terminal.wait(forText: "40 120")
            #expect(terminal.waitForExit() == 6)

            let joined = try engine.terminal("run", "--rm", "-it", "--network", "none", "busybox", "sh")
            joined.wait(forText: "#")
            joined.type("echo to$((40 + 2))gether; exit 5\n")
            joined.wait(forText: "to42gether")
            #expect(joined.waitForExit() == 5)
        }
    }

    @Test(arguments: kinds)
    func imagesAreMadeNamedCarriedAndRemoved(kind: ServedEngine.Kind) throws {
        try ServedEngine.with(kind) { engine in
            let own = kind == .docker ? "" : "localhost/"
            #expect(try engine.run("images", "--format", "{{.Repository}}:{{.Tag}}").lines == ["\(own)busybox:latest"])
            #expect(try engine.run("tag", "busybox", "second:1").code == 0)
            #expect(try engine.run("history", "-q", "busybox").lines.count == 1)
            #expect(try engine.run("image", "inspect", "--format", "{{.Architecture}}", "busybox").trimmed != "")

            let context = engine.directory + "/context"
            try FileManager.default.createDirectory(atPath: context, withIntermediateDirectories: true)
            for (name, text) in [
                ("Dockerfile", "FROM busybox\nARG W\nCOPY . /x/\nRUN echo $W > /y\nLABEL made=here\n"),
                ("kept", "kept\n"), ("secret", "no\n"),
                (".dockerignore", "secret\n"),
            ] {
                try text.write(toFile: context + "/" + name, atomically: true, encoding: .utf8)
            }
            let built = try engine.run("build", "--network", "none", "--build-arg", "W=word", "-t", "built:1", context)
            try #require(built.code == 0, "\(built.output)\(built.errors)")
            let looked = try engine.runContainer("--rm", "built:1", "sh", "-c", "cat /y; ls /x")
            #expect(looked.lines.first == "word")
            #expect(looked.output.contains("kept") && !looked.output.contains("secret"))

            let archive = engine.directory + "/saved.tar"
            #expect(try engine.run("save", "-o", archive, "built:1").code == 0)
            #expect(try engine.run("rmi", "built:1", "second:1").code == 0)
            #expect(try engine.run("load", "-i", archive).output.contains("built:1"))
            #expect(try engine.run("image", "prune", "-a", "-f").code == 0)
            #expect(try !engine.run("images").output.contains("built"))
            let wrong = try engine.run("rmi", "nothing:1")
            #expect(wrong.code == 1 && !wrong.errors.isEmpty)
        }
    }

    @Test(arguments: kinds)
    func filesVolumesFiguresAndEventsAreThere(kind: ServedEngine.Kind) throws {
        try ServedEngine.with(kind) { engine in
            #expect(try engine.run("volume", "create", "--label", "a=b", "data").output == "data\n")
            try #require(
                engine.runContainer("-d", "--name", "box", "-v", "data:/data", "busybox", "sleep", "1000").code == 0)
            let file = engine.directory + "/file"
            try "content\n".write(toFile: file, atomically: true, encoding: .utf8)
            #expect(try engine.run("cp", file, "box:/data/").code == 0)
            #expect(try engine.run("exec", "box", "cat", "/data/file").output == "content\n")
            #expect(try engine.run("cp", "box:/data/file", file + ".back").code == 0)
            #expect(Command.text(file + ".back") == "content\n")
            #expect(try engine.run("exec", "box", "touch", "/new").code == 0)
            #expect(try engine.run("diff", "box").lines.contains("A /new"))
            #expect(try engine.run("volume", "ls", "-q").output == "data\n")
            #expect(try engine.run("volume", "rm", "data").code == 1)
            #expect(try !engine.run("network", "ls", "-q").lines.isEmpty)
            if kind == .docker { #expect(try engine.run("top", "box").output.contains("sleep 1000")) }
            let figures = try engine.run("stats", "--no-stream", "--format", "{{.Name}} {{.PIDs}} {{.MemUsage}}")
            #expect(figures.output.hasPrefix("box 1 ") && !figures.output.contains("--"), "\(figures)")
            if kind == .docker {
                #expect(try engine.run("update", "-m", "64m", "--memory-swap", "64m", "box").code == 0)
                #expect(
                    try engine.native(["inspect", "--format", "{{.HostConfig.Memory}}", "box"]).trimmed == "67108864")
                let events = try engine.run("events", "--since", "10m", "--until", "0s", "--filter", "event=start")
                #expect(events.output.contains("name=box"))
            }
            #expect(try engine.run("system", "df").code == 0)
            #expect(try engine.run("rm", "-f", "box").code == 0)
            #expect(try engine.run("volume", "prune", "-a", "-f").output.contains("data"))
        }
    }

    @Test(arguments: kinds)
    func enginesAreOneListAndImagesGoFromOneToTheOther(kind: ServedEngine.Kind) throws {
        try ServedEngine.with(kind) { engine in
            let name = kind.rawValue
            try #require(engine.runContainer("-d", "--name", "same", "busybox", "sleep", "1000").code == 0)
            let copied = try engine.plain(["image", "copy", "\(name)::busybox", "spyhop:here:1"])
            try #require(copied.code == 0, "\(copied.errors)")
            #expect(try engine.plain(["images", "--format", "{{.Repository}}:{{.Tag}}"]).lines.contains("here:1"))
            let ran = try engine.plain(["run", "--rm", "--network", "none", "\(name)::busybox", "echo", "carried"])
            #expect(ran.output == "carried\n", "\(ran.errors)")
            try #require(
                engine.plain(["run", "-d", "--name", "same", "--network", "none", "here:1", "sleep", "1000"]).code == 0)
            defer { _ = try? engine.plain(["rm", "-f", "same"]) }

            let both = try engine.plain(["--engine", "spyhop,\(name)", "ps", "--format", "{{.Engine}} {{.Names}}"])
            #expect(Set(both.lines) == ["spyhop same", "\(name) same"])
            #expect(try engine.plain(["--engine", "all", "ps"]).lines.first?.hasPrefix("ENGINE") == true)
            let unclear = try engine.plain(["--engine", "spyhop,\(name)", "stop", "same"])
            #expect(unclear.code == 1 && unclear.errors.contains("\(name)::same"), "\(unclear.errors)")
            #expect(try engine.plain(["kill", "\(name)::same"]).code == 0)
            #expect(try Command.eventually { try engine.state("same") == "exited" })
            #expect(try engine.plain(["inspect", "--format", "{{.State.Status}}", "same"]).trimmed == "running")
            #expect(try engine.plain(["copy", "spyhop:here:1", "\(name)::back:2"]).code == 0)
            #expect(try engine.run("images", "--format", "{{.Tag}}").lines.contains("2"))
            // The embedded engine alone goes by its name as well.
            #expect(try engine.plain(["stop", "-t", "0", "spyhop::same"]).code == 0)
            #expect(try engine.plain(["rm", "-f", "spyhop::same"]).code == 0)
            #expect(try engine.plain(["ps", "-aq"]).output == "")
        }
    }

    @Test func contextsAreDockersAndTheChoiceIsKept() throws {
        try #require(DockerDaemon.isInstalled)
        try ServedEngine.with(.docker) { engine in
            let made = try engine.plain(["context", "create", "near", "--docker", "host=unix://\(engine.socket)"])
            #expect(made.output == "near\n", "\(made.errors)")
            #expect(try engine.plain(["--context", "near", "images", "-q"]).lines.count == 1)
            #expect(try engine.plain(["context", "use", "near"]).code == 0)
            #expect(try engine.plain(["context", "show"]).output == "near\n")
            #expect(try engine.plain(["images", "-q"]).lines.count == 1)
            #expect(try engine.plain(["context", "ls"]).output.contains("near *"))
            #expect(try engine.plain(["context", "rm", "near"]).code == 1)
            #expect(try engine.plain(["context", "use", "spyhop"]).code == 0)
            #expect(try engine.plain(["context", "rm", "near"]).code == 0)
            let wrong = try engine.plain(["--context", "near", "ps"])
            #expect(wrong.code == 1 && wrong.errors.contains("near"))
            let nobody = try engine.plain(["-H", "unix:///nowhere.sock", "ps"])
            #expect(nobody.code == 1 && nobody.errors.contains("unix:///nowhere.sock"), "\(nobody.errors)")
        }
    }

    @Test(arguments: kinds)
    func theHostsViewNamesWhatRunsWithoutASocket(kind: ServedEngine.Kind) throws {
        try ServedEngine.with(kind) { engine in
            try #require(engine.runContainer("-d", "--name", "seen", "busybox", "sleep", "1234").code == 0)
            let id = try engine.native(["inspect", "--format", "{{.Id}}", "seen"]).trimmed
            let listed = try engine.plain([
                "--engine", "host", "ps", "--no-trunc", "--format", "{{.ID}} {{.Names}} {{.Command}}",
            ])
            let line = try #require(listed.lines.first { $0.hasPrefix(id) }, "\(listed.output)")
            #expect(line.contains(" seen "))
            #expect(line.contains("sleep 1234"))
            #expect(try engine.plain(["--engine", "host", "top", id]).output.contains("sleep 1234"))
            let figures = try engine.plain(["--engine", "host", "stats", "--no-stream", "--format", "{{.PIDs}}", id])
            #expect(figures.trimmed == "1")
            let refused = try engine.plain(["--engine", "host", "stop", id])
            #expect(refused.code == 1 && refused.errors.contains("only looks"), "\(refused.errors)")
        }
    }
}
