import Foundation
import Harness
import Testing

/// What docker 28 printed and answered for the same words, beside which this program stands.
@Suite(.needsRoot)
struct LikenessTests {
    /// A command, docker's exit code for it, and whether docker said something on standard output.
    struct Case: Sendable, CustomTestStringConvertible {
        var words: String
        var code: Int32
        var speaks: Bool
        var testDescription: String { words }

        init(_ words: String, _ code: Int32, speaks: Bool = false) {
            (self.words, self.code, self.speaks) = (words, code, speaks)
        }
    }

    /// Needs nothing but an empty engine.
    static let wrong = [
        Case("bogus", 1), Case("pull busybox", 1, speaks: true), Case("network bogus", 1), Case("build .", 1),
        Case("network inspect nope", 1, speaks: true), Case("volume inspect nope", 1, speaks: true),
        Case("volume rm nope", 1), Case("volume create -d nope aa", 1),
        Case("volume create a/b", 1), Case("volume ls --filter bogus=1", 1), Case("system df extra", 1),
        Case("volume create -o type=nfs aa", 1), Case("run --volumes-from nope busybox", 125),
        Case("container bogus", 1), Case("image bogus", 1), Case("help bogus", 1), Case("run", 1),
        Case("run --bogus busybox", 125), Case("run --dns 1.1.1.1 busybox", 125), Case("run -d -a stdout busybox", 125),
        Case("run --memory x busybox", 125), Case("run nope", 125), Case("run BAD", 125), Case("run --name", 125),
        Case("run -p 80:80 busybox", 125), Case("run -v data:/x busybox", 125),
        Case("run --network bridge busybox", 125),
        Case("create nope", 125), Case("exec nope ls", 1), Case("exec nope", 1), Case("ps extra", 1),
        Case("ps --filter foo=1", 1), Case("ps --bogus", 125), Case("ps --format {{.Nope}}", 0),
        Case("ps --format {{.Names", 1), Case("start nope", 1), Case("stop nope", 1), Case("kill -s BOGUS nope", 1),
        Case("rm nope", 1), Case("rm -f nope", 0), Case("rm -l nope", 1), Case("rmi nope", 1), Case("rmi -f nope", 0),
        Case("wait nope", 1), Case("logs nope", 1), Case("logs", 1), Case("logs a b", 1), Case("top nope", 1),
        Case("inspect nope", 1, speaks: true), Case("inspect --type image nope", 1, speaks: true),
        Case("inspect --type bogus nope", 1), Case("container inspect nope", 1, speaks: true), Case("update nope", 1),
        Case("update -m 64m nope", 1), Case("rename nope other", 1), Case("rename nope", 1), Case("attach nope", 1),
        Case("start -a one two", 1), Case("cp one two", 1), Case("cp one:/a two:/b", 1), Case("cp nope:/a /tmp", 1),
        Case("tag nope x", 1), Case("save nope", 1), Case("load -i /nope", 1), Case("import /nope.tar", 1),
        Case("import http://example.invalid/root.tar", 1), Case("stats --no-stream nope", 1),
        Case("events --since bogus", 1), Case("images one two", 1), Case("images --filter dangling=x", 1),
        Case("images --filter since=nope", 1), Case("diff nope", 1), Case("images --filter bogus=1", 1),
    ]

    @Test func whatIsWrongEndsWithDockersCodeAndASentenceOnStandardError() throws {
        try Workplace.with(image: false) { (place) throws in
            for wrong in Self.wrong {
                let outcome = try place.run(wrong.words.split(separator: " ").map(String.init))
                #expect(outcome.code == wrong.code, "\(wrong.words): \(outcome.errors)")
                #expect(outcome.output.isEmpty != wrong.speaks, "\(wrong.words): \(outcome.output)")
                guard wrong.code != 0 else { continue }
                // A run tells first, as docker's does, that it has to pull; a build tells as docker's what it has done.
                let sentence =
                    outcome.errors.split(separator: "\n").first { $0.hasPrefix("spyhop: ") || $0.hasPrefix("ERROR: ") }
                    ?? ""
                #expect(sentence.count > 20 && !sentence.hasSuffix("."), "\(wrong.words): \(sentence)")
            }
        }
    }

    @Test(arguments: ["run", "create", "exec", "top", "ps", "logs", "cp", "images", "demo", "container ls"])
    func helpIsPrintedAndIsNoFailure(command: String) throws {
        try Workplace.with(image: false) { (place) throws in
            let outcome = try place.run(command.split(separator: " ").map(String.init) + ["--help"])
            #expect(outcome.code == 0 && outcome.errors.isEmpty)
            #expect(outcome.output.contains("USAGE: spyhop \(command)"))
            #expect(outcome.output.contains("--help"))
        }
    }

    @Test func everyShellGetsItsCompletion() throws {
        try Workplace.with(image: false) { (place) throws in
            for (shell, mark) in [("bash", "complete "), ("zsh", "#compdef spyhop"), ("fish", "complete -c ")] {
                let script = try place.run("--generate-completion-script", shell)
                #expect(script.code == 0 && script.output.contains(mark), "\(shell)")
            }
        }
    }

    @Test func listsSayWhatTheyAreAskedFor() throws {
        try Workplace.with { (place) throws in
            try place.run(
                "run", "-d", "--name", "one", "-l", "tier=web", "-v", "/tmp:/host", "busybox", "sh", "-c",
                "printf 12345 >/five; sleep 1000")
            try place.run("create", "--name", "two", "busybox", "true")
            try place.eventually("the file is written") {
                try place.run("exec", "one", "cat", "/five").output == "12345"
            }
            let table = try place.run("ps", "--format", "table {{.Names}}\\t{{.State}}").lines
            #expect(table == ["NAMES     STATE", "one       running"])
            let sizes = try place.run("ps", "-as").lines
            #expect(sizes[0].hasSuffix("NAMES     SIZE"))
            #expect(sizes[1].contains(/two +0B \(virtual .*MB\)$/) && sizes[2].contains(/one +5B \(virtual .*MB\)$/))
            #expect(sizes[2].contains("\"sh -c 'printf 12345…\""))
            for (filter, names) in [
                ("volume=/host", "one"), ("volume=/tmp", "one"), ("health=none", "two one"), ("status=created", "two"),
                ("label=tier=web", "one"), ("since=one", "two"), ("before=two", "one"), ("is-task=true", ""),
            ] {
                let found = try place.run("ps", "-a", "--filter", filter, "--format", "{{.Names}}").lines
                #expect(found.joined(separator: " ") == names, "\(filter)")
            }
            #expect(try place.run("ps", "--last", "1", "--format", "{{.Names}}").trimmed == "two")
            #expect(try place.run("ps", "--all=true", "--quiet=1", "--no-trunc=false").lines.map(\.count) == [12, 12])
            let pids = try place.run("top", "one", "-o", "pid,comm").lines
            #expect(pids.count == 2 && pids[1].hasSuffix("sleep"))
            #expect(try place.run("top", "one", "-o", "comm").code == 1)
            let figures = try place.run("stats", "--no-stream", "--format", "{{.Container}} {{.PIDs}}", "two", "one")
                .lines
            #expect(figures == ["two 0", "one 1"])
        }
    }

    @Test func inspectAnswersWhatScriptsAsk() throws {
        try Workplace.with { (place) throws in
            try place.run(
                "create", "--name", "one", "-l", "x=1", "-e", "A=1", "-v", "/tmp:/host:ro", "busybox", "sh", "-c",
                "true")
            for (template, text) in [
                ("{{range .Mounts}}{{.Source}}:{{.RW}} {{end}}", "/tmp:false "),
                ("{{index .Config.Labels \"x\"}}", "1"),
                ("{{.Config.Labels.gone}}", "<no value>"), ("{{.State.Status}} {{.State.Pid}}", "created 0"),
                ("{{if .State.Health}}healthy{{else}}unchecked{{end}}", "unchecked"),
                ("{{.NetworkSettings.IPAddress}}|{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}|", "||"),
                ("{{join .Args \" \"}}", "-c true"), ("{{json .Config.Cmd}}", #"["sh","-c","true"]"#),
                ("{{.Name}} {{len .Id}} {{slice .ID 0 0}}", "/one 64 "), ("{{println .Name | upper}}", "/ONE\n"),
                ("{{.HostConfig.PortBindings}} {{.HostConfig.Binds}}", "map[] [/tmp:/host:ro]"),
                ("{{range .Config.Env}}{{if eq . \"A=1\"}}{{.}}{{break}}{{end}}{{end}}", "A=1"),
            ] {
                let outcome = try place.run("inspect", "-f", template, "one")
                #expect(outcome.output == text + "\n", "\(template): \(outcome.errors)")
            }
            let object = try place.run("inspect", "--size", "one")
            let parsed = try JSONSerialization.jsonObject(with: Data(object.output.utf8)) as? [[String: Any]]
            #expect(parsed?.first?["SizeRw"] as? Int == 0)
            #expect(try place.run("inspect", "-f", "json", "one").lines.count == 1)
            let halves = try place.run("inspect", "-f", "{{.Name}}", "one", "gone")
            #expect(halves.code == 1 && halves.output == "/one\n" && halves.errors == "spyhop: no such object: gone\n")
            #expect(try place.run("container", "inspect", "busybox").code == 1)
            #expect(try place.run("inspect", "busybox", "-f", "{{.RepoTags}}").output == "[busybox:latest]\n")
        }
    }

    @Test func attachingChoosesWhatIsSeen() throws {
        try Workplace.with { (place) throws in
            let both = ["busybox", "sh", "-c", "echo out; echo err >&2; exit 4"]
            for (choice, output, errors) in [
                ([], "out\n", "err\n"), (["-a", "stdout"], "out\n", ""), (["--attach", "STDERR"], "", "err\n"),
                (["-a", "stdout", "-a", "stderr"], "out\n", "err\n"),
            ] {
                let outcome = try place.run(["run", "--rm"] + choice + both)
                #expect(outcome.code == 4 && outcome.output == output && outcome.errors == errors, "\(choice)")
            }
            #expect(try place.run("run", "--rm", "-i", "-a", "stdout", "busybox", "true", input: "x").code == 0)
        }
    }

    @Test func commandsInContainersEndWithDockersCodes() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "up", "busybox", "sleep", "1000")
            try place.run("create", "--name", "down", "busybox")
            for (words, code) in [
                ("up true", 0), ("up nope", 127), ("up /etc", 126), ("-w /nope up pwd", 126),
                ("-u bogus up id", 126), ("down true", 1), ("gone true", 1), ("-it up true", 1),
            ] {
                let parts = words.split(separator: " ").map(String.init)
                let outcome = try place.run(["exec"] + parts)
                #expect(outcome.code == code, "\(words): \(outcome.errors)")
            }
            #expect(try place.run("exec", "up", "sh", "-c", "exit 9").code == 9)
        }
    }

    @Test func imagesAreNamedAsInDocker() throws {
        try Workplace.with { (place) throws in
            try place.run("tag", "busybox", "other:v1")
            #expect(try place.run("images", "-q").lines.count == 2)
            #expect(try place.run("images", "o*", "--format", "{{.Repository}}:{{.Tag}}").trimmed == "other:v1")
            let found = try place.run("images", "--filter", "reference=bus*", "--format", "{{.Repository}}").trimmed
            #expect(found == "busybox")
            let identifier = try place.run("inspect", "-f", "{{.Id}}", "busybox").trimmed
            #expect(try place.run("rmi", identifier).code == 1)
            #expect(try place.run("rmi", "other:v1", "gone").code == 1)
            #expect(try place.run("images", "-q", "other").output.isEmpty)
            let removed = try place.run("rmi", "-f", identifier)
            #expect(removed.output == "Untagged: busybox:latest\nDeleted: \(identifier)\n")
            #expect(try place.run("image", "prune", "-f").output == "Total reclaimed space: 0B\n")
        }
    }
}
