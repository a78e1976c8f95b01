import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct CommandsPaneTests {
    private static let look = Look(theme: .plain, glyphs: .ascii)

    private static func command(
        _ name: String, _ text: String, scope: CustomCommand.Scope = .container, inputs: [CommandInput] = [],
        asks: Bool = false, output: CustomCommand.Output = .pane, isReadOnly: Bool = false
    ) throws -> CustomCommand {
        let template = try CommandTemplate.read(text, allowed: CustomCommand.values(of: scope, inputs: inputs)).get()
        return CustomCommand(
            name: name, key: KeyChange.Key("alt-t"), scope: scope, line: .shell(template), inputs: inputs, asks: asks,
            output: output, isReadOnly: isReadOnly)
    }

    private static func state(_ commands: [CustomCommand]) -> DashboardState {
        var state = Scenery.state(columns: 100, rows: 30)
        var settings = state.settings
        settings.commands = commands
        settings.keys = KeyMap.make(commands: commands).map
        state.adopt(settings)
        return state
    }

    private static func runs(_ effects: [Effect]) -> [RunCommand] {
        effects.compactMap { effect in
            switch effect {
            case .errand(let errand), .terminal(let errand): errand.errand as? RunCommand
            default: nil
            }
        }
    }

    private static func text(_ state: DashboardState) -> String {
        Frame.draw(state, look: look).canvas.lines.joined(separator: "\n")
    }

    @Test func itsKeyRunsACommandOverWhatIsSelectedAndShowsWhatItSays() throws {
        var state = Self.state([try Self.command("who", "docker top {{.Container.Name}}")])
        let name = try #require(state.selected?.name)
        let run = try #require(Self.runs(state.update(.key(.alt("t")))).first)
        #expect(run.pending.invocations.map(\.invocation.program) == [.shell("docker top \"${SPYHOP_CONTAINER}\"")])
        #expect(run.pending.invocations.first?.invocation.environment["SPYHOP_CONTAINER"] == name)
        #expect(state.view == .commands)
        _ = state.update(.answer(.commands, RunCommand.Answer.lines(run.number, ["hello \u{1b}[31mworld"])))
        #expect(Self.text(state).contains("hello") && Self.text(state).contains("running for"))
        _ = state.update(.answer(.commands, RunCommand.Answer.ended(run.number, .exited(3))))
        #expect(Self.text(state).contains("exit code 3"))
    }

    @Test func aCommandRunsOverAllThatIsMarked() throws {
        var state = Self.state([try Self.command("who", "true {{.Container.ID}}")])
        _ = state.update(.key(.character(" ")))
        _ = state.update(.key(.character(" ")))
        let run = try #require(Self.runs(state.update(.key(.alt("t")))).first)
        #expect(run.pending.subjects.count == 2)
        #expect(Set(run.pending.subjects.map(\.name)).count == 2)
    }

    @Test func whatItAsksIsAFormThatRefusesWrongAnswers() throws {
        let inputs = [
            CommandInput(name: "times", label: "How often", kind: .number), CommandInput(name: "word", kind: .secret),
            CommandInput(name: "sure", kind: .yesNo, initial: "yes"),
        ]
        var state = Self.state([try Self.command("again", "true {{.Input.times}}", inputs: inputs)])
        #expect(Self.runs(state.update(.key(.alt("t")))).isEmpty)
        for letter in "many" { _ = state.update(.key(.character(letter))) }
        _ = state.update(.key(.tab))
        for letter in "hush" { _ = state.update(.key(.character(letter))) }
        #expect(Self.text(state).contains("How often") && Self.text(state).contains("****"))
        #expect(!Self.text(state).contains("hush"))
        #expect(Self.runs(state.update(.key(.enter))).isEmpty)
        #expect(Self.text(state).contains("a number is wanted"))
        for _ in 0..<4 { _ = state.update(.key(.backspace)) }
        _ = state.update(.key(.character("7")))
        let run = try #require(Self.runs(state.update(.key(.enter))).first)
        #expect(run.pending.answers == ["times": "7", "word": "hush", "sure": "yes"])
        #expect(state.form == nil)
    }

    @Test func aCommandThatAsksIsNotRunByAnEnterTooMany() throws {
        var state = Self.state([try Self.command("wipe", "true", asks: true)])
        #expect(Self.runs(state.update(.key(.alt("t")))).isEmpty)
        #expect(Self.runs(state.update(.key(.enter))).isEmpty, "Cancel is the default")
        _ = state.update(.key(.alt("t")))
        _ = state.update(.key(.right))
        #expect(Self.runs(state.update(.key(.enter))).count == 1)
    }

    @Test func readOnlyLetsOnlyHarmlessCommandsThrough() throws {
        var state = Self.state([
            try Self.command("wipe", "true"), try Self.command("look", "true", scope: .everywhere, isReadOnly: true),
        ])
        state.isReadOnly = true
        #expect(Self.runs(state.act(Action("command:wipe"))).isEmpty)
        #expect(state.notice?.text.contains("read-only") == true)
        #expect(Self.runs(state.act(Action("command:look"))).count == 1)
        #expect(Self.runs(state.startLine("rm -rf x")).isEmpty)
    }

    @Test func theListOffersWhatFitsAndALineForTheShell() throws {
        var state = Self.state([
            try Self.command("who", "true"), try Self.command("layers", "true", scope: .image),
            try Self.command("disk", "df", scope: .everywhere),
        ])
        _ = state.update(.key(.character("X")))
        #expect(state.dialog?.items.map(\.label) == ["who", "disk", "a line for the shell…"])
        _ = state.update(.key(.end))
        _ = state.update(.key(.enter))
        for letter in "ls $SPYHOP_CONTAINER {{.x}}" { _ = state.update(.key(.character(letter))) }
        let run = try #require(Self.runs(state.update(.key(.enter))).first)
        #expect(run.pending.invocations.first?.invocation.program == .shell("ls $SPYHOP_CONTAINER {{.x}}"))
        #expect(run.pending.invocations.first?.invocation.environment["SPYHOP_CONTAINER"] == state.selected?.name)
    }

    @Test func aLongOneCanBeEnded() throws {
        var state = Self.state([try Self.command("wait", "sleep 99")])
        let run = try #require(Self.runs(state.update(.key(.alt("t")))).first)
        let effects = state.update(.key(.control("x")))
        #expect(effects.contains(.endErrand(.commands, slot: run.slot ?? "")))
        #expect(Self.text(state).contains("ended by you"))
    }

    @Test func oneForTheTerminalGetsItAndOneInTheBackgroundIsTold() throws {
        var state = Self.state([try Self.command("edit", "vi", output: .terminal)])
        let effects = state.update(.key(.alt("t")))
        #expect(effects.contains { if case .terminal = $0 { true } else { false } })
        state = Self.state([try Self.command("sync", "true", output: .background)])
        let run = try #require(Self.runs(state.update(.key(.alt("t")))).first)
        #expect(state.view == .overview)
        _ = state.update(.answer(.commands, RunCommand.Answer.ended(run.number, .exited(1))))
        #expect(state.notice?.kind == .failure && state.notice?.text.contains("sync ended with exit code 1") == true)
    }

    @Test func outputIsBoundedAndTheEndIsFollowed() throws {
        var state = Self.state([try Self.command("much", "yes")])
        let run = try #require(Self.runs(state.update(.key(.alt("t")))).first)
        for round in 0..<12 {
            let lines = (0..<1000).map { "line \(round * 1000 + $0)" }
            _ = state.update(.answer(.commands, RunCommand.Answer.lines(run.number, lines)))
        }
        #expect(state.commandRuns.run?.lines.count == CommandsState.lineLimit)
        #expect(Self.text(state).contains("line 11999"))
        _ = state.update(.key(.character("g")))
        #expect(Self.text(state).contains("line 7000") && !Self.text(state).contains("line 11999"))
        _ = state.update(.key(.character("G")))
        #expect(Self.text(state).contains("line 11999"))
    }
}
