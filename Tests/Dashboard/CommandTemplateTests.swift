import Glibc
import Testing

@testable import Dashboard

@Suite struct CommandTemplateTests {
    private static let hostile = #"a'b"c$(touch /tmp/x)`id`; rm -rf / #\ "# + "\n*"

    private static func template(_ text: String) throws -> CommandTemplate {
        try CommandTemplate.read(text, allowed: [.containerName, .containerID, .input("what")]).get()
    }

    /// What a real shell makes of it, each argument in a line of its own.
    private static func run(_ text: String, value: String) throws -> String {
        let shell = try template(text).shellText
        var pipe: [Int32] = [0, 0]
        #expect(Glibc.pipe(&pipe) == 0)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipe[1], 1)
        posix_spawn_file_actions_addclose(&actions, pipe[0])
        var arguments = (["sh", "-c", shell] as [String]).map { strdup($0) } + [nil]
        var environment = (["SPYHOP_CONTAINER=\(value)", "PATH=/usr/bin:/bin"] as [String]).map { strdup($0) } + [nil]
        defer { for word in arguments + environment { free(word) } }
        var pid: pid_t = 0
        #expect(posix_spawn(&pid, "/bin/sh", &actions, nil, &arguments, &environment) == 0)
        close(pipe[1])
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(pipe[0], &buffer, buffer.count)
            guard count > 0 else { break }
            output += buffer.prefix(count)
        }
        close(pipe[0])
        waitpid(pid, nil, 0)
        return String(decoding: output, as: UTF8.self)
    }

    @Test(arguments: [
        "printf '<%s>' {{.Container.Name}}", "printf '<%s>' \"{{.Container.Name}}\"",
        "printf '<%s>' '{{.Container.Name}}'", "printf %s \"<$(printf '%s' \"{{.Container.Name}}\")>\"",
        "x='it'\\''s'; printf '<%s>' {{.Container.Name}}", "printf '<%s>' {{ .Container.Name }} # '",
    ])
    func aHostileValueStaysOneWordOfTheShells(text: String) throws {
        #expect(try Self.run(text, value: Self.hostile) == "<\(Self.hostile)>")
    }

    @Test func withinAWordItStaysInThatWord() throws {
        #expect(
            try Self.run("printf '<%s>' a{{.Container.Name}}b 'c {{.Container.Name}} d'", value: "x y")
                == "<ax yb><c x y d>")
    }

    @Test func aProgramsArgumentsAreTakenAsTheyAre() throws {
        let command = CustomCommand(
            name: "x",
            line: .words([try Self.template("echo"), try Self.template("{{.Container.Name}}={{.Input.what}}")]),
            inputs: [CommandInput(name: "what", initial: "nothing")])
        let invocation = command.invocation([.containerName: Self.hostile], answers: ["what": "$HOME"])
        #expect(invocation.program == .words(["echo", "\(Self.hostile)=$HOME"]))
        #expect(invocation.environment["SPYHOP_CONTAINER"] == Self.hostile)
        #expect(invocation.environment["SPYHOP_INPUT_WHAT"] == "$HOME")
        #expect(command.invocation([:], answers: [:]).environment["SPYHOP_INPUT_WHAT"] == "nothing")
    }

    @Test func unknownValuesAreRefusedWithThoseThatThereAre() {
        for text in [
            "docker ps --format '{{.Names}}'", "{{.Image.ID}}", "{{.Input.other}}", "{{", "a {{.Container.Name",
        ] {
            let outcome = Result { try Self.template(text) }
            #expect(throws: CommandTemplate.Refusal.self) { try outcome.get() }
        }
        let refusal = CommandTemplate.read("{{.Names}}", allowed: [.containerName])
        guard case .failure(let reason) = refusal else { return #expect(Bool(false)) }
        #expect(reason.description.contains("{{.Container.Name}}") && reason.description.contains("\\{{"))
    }

    @Test func plainBracesCanBeWritten() throws {
        #expect(try Self.template("docker ps --format '\\{{.Names}}'").shellText == "docker ps --format '{{.Names}}'")
    }

    @Test(arguments: [("5", true), ("-1.5", true), ("", false), ("1.", false), ("x", false), ("1e3", false)])
    func aNumberIsANumber(text: String, isOne: Bool) {
        #expect((CommandInput(name: "n", kind: .number).refusal(of: text) == nil) == isOne)
    }

    @Test func namesOfInputsAreVariables() {
        #expect(CommandInput.isName("tag_2") && !CommandInput.isName("2tag") && !CommandInput.isName("a-b"))
        #expect(!CommandInput.isName("") && !CommandInput.isName("a b"))
    }
}
