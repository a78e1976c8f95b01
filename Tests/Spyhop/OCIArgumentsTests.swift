import Engine
import OCI
import Testing

@testable import SpyhopCommands

struct OCIArgumentsTests {
    private let options = [
        OCIOption("bundle", "b", value: "dir", help: ""), OCIOption("tty", "t", help: ""),
        OCIOption("detach", "d", help: ""),
        OCIOption("env", "e", value: "n=v", help: ""),
    ]

    private func read(_ words: String..., stops: Bool = false) throws(EngineError) -> OCIArguments {
        try OCIArguments(words, options: options, stopsAtWord: stops)
    }

    @Test func takesOptionsInEveryFormOfGos() throws {
        for words in [["--bundle", "x"], ["--bundle=x"], ["-b", "x"], ["-b=x"], ["-bundle", "x"]] {
            let arguments = try OCIArguments(words + ["id"], options: options, stopsAtWord: false)
            #expect(arguments["bundle"] == "x" && arguments.words == ["id"])
        }
        #expect(try read("--tty=false").has("tty") == false)
        #expect(try read("-td", "id").has("tty"))
        #expect(try read("-td", "id").has("detach"))
    }

    @Test func takesOptionsBehindWordsUnlessTheWordsAreTheContainers() throws {
        let behind = try read("id", "-t")
        #expect(behind.has("tty") && behind.words == ["id"])
        let command = try read("-e", "A=1", "-e", "B=2", "id", "ls", "-t", "--", "-x", stops: true)
        #expect(command.words == ["id", "ls", "-t", "--", "-x"])
        #expect(command.all("env") == ["A=1", "B=2"] && !command.has("tty"))
        #expect(try read("--", "-t").words == ["-t"])
    }

    @Test func refusesWhatItDoesNotKnow() {
        #expect(throws: EngineError.self) { try read("--nope") }
        #expect(throws: EngineError.self) { try read("-tx") }
        #expect(throws: EngineError.self) { try read("--bundle") }
        #expect(throws: EngineError.self) { try read("--tty=maybe") }
    }

    @Test func knowsWhenItIsTheRuntime() {
        #expect(OCIProgram.words(["/usr/local/bin/spyhop-oci", "state", "x"]) == ["state", "x"])
        #expect(OCIProgram.words(["spyhop", "oci", "state", "x"]) == ["state", "x"])
        #expect(OCIProgram.words(["spyhop", "run", "oci"]) == nil)
        #expect(OCIProgram.words([]) == nil)
    }

    @Test func readsTheOptionsBeforeTheCommandAlone() throws {
        let environment = ProcessEnvironment(lookup: { _ in nil }, workingDirectory: "/w", isRoot: true)
        let global = try OCIGlobal(
            ["--root", "r", "--log-format=json", "--systemd-cgroup", "--rootless", "auto", "exec", "--root", "x"],
            environment)
        #expect(global.root == "/w/r" && global.usesSystemd)
        #expect(global.rest == ["exec", "--root", "x"])
        #expect(try OCIGlobal(["list"], environment).root == "/run/spyhop/oci")
        #expect(throws: EngineError.self) { try OCIGlobal(["--log-format", "xml"], environment) }
    }

    @Test func makesAProcessFromTheContainersOwn() throws {
        let template = Process(
            terminal: true, cwd: "/", env: ["HOME=/root", "A=1"], args: ["old"],
            capabilities: LinuxCapabilities(bounding: ["CAP_KILL"]), noNewPrivileges: true, user: User(uid: 0, gid: 0))
        let verb = OCIExec.verb
        let arguments = try OCIArguments(
            ["--cwd", "/tmp", "-e", "B=2", "-u", "5:6", "-g", "7", "-c", "CAP_CHOWN", "id", "ls", "-l"],
            options: verb.options, stopsAtWord: verb.stopsAtWord)
        let process = try OCIExecProcess.process(["ls", "-l"], arguments, template: template)
        #expect(process.args == ["ls", "-l"] && process.cwd == "/tmp" && process.terminal == false)
        #expect(process.env == ["A=1", "B=2"])
        #expect(process.user == User(uid: 5, gid: 6, additionalGids: [7]))
        #expect(process.capabilities?.bounding == ["CAP_KILL", "CAP_CHOWN"])
        #expect(process.noNewPrivileges == true)
    }

    @Test func makesLimitsOfSingleOptions() throws {
        let arguments = try OCIArguments(
            [
                "--memory", "64m", "--memory-swap", "-1", "--cpu-quota", "5000", "--pids-limit", "9", "--blkio-weight",
                "0", "id",
            ],
            options: OCIUpdate.verb.options, stopsAtWord: false)
        #expect(
            try OCIResourceOptions.resources(arguments)
                == LinuxResources(
                    memory: .init(limit: 64 << 20, swap: -1), cpu: .init(quota: 5000), pids: .init(limit: 9)))
    }

    @Test func writesLogLinesThatAreJSON() {
        #expect(JSONText.quoted("a \"b\"\\\n\u{1}é") == #""a \"b\"\\\n\u0001é""#)
    }

    @Test func setsTablesAsGosTabwriterDoes() {
        #expect(
            OCITable.text([["ID", "PID"], ["a-long-container-name", "1"]])
                == "ID                    PID\na-long-container-name 1\n")
    }

    @Test func helpsWithEveryCommand() {
        for verb in OCIVerb.all {
            #expect(OCIHelp.text(of: verb.name).contains("spyhop-oci [global options] \(verb.name)"))
            #expect(OCIHelp.text(of: nil).contains("  \(verb.name) "))
        }
    }
}
