import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct CommandsSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.commands, "none", view: .commands, colors: false),
        GoldenScene(.commands, "output", view: .commands).then { run(&$0, .exited(0)) },
        GoldenScene(.commands, "failed", view: .commands, isASCII: true, colors: false).then { run(&$0, .exited(3)) },
    ]

    private static func run(_ state: inout DashboardState, _ outcome: CommandOutcome) {
        let command = CustomCommand(name: "processes", scope: .container, line: .shell(.verbatim("ps")))
        guard
            let errand = state.start(command).compactMap({ effect -> RunCommand? in
                guard case .errand(let errand) = effect else { return nil }
                return errand.errand as? RunCommand
            }).first
        else { return }
        let lines = ["PID  COMMAND", "  1  httpd -f", "  7  sleep 1000000"]
        _ = state.update(.answer(.commands, RunCommand.Answer.lines(errand.number, lines)))
        _ = state.update(.answer(.commands, RunCommand.End(number: errand.number, outcome: outcome)))
    }

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
