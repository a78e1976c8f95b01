import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct ShellSceneTests {
    private static let history = (1...60).map { "reef \($0)" }.joined(separator: "\r\n")

    static let scenes: [GoldenScene] = [
        GoldenScene(.shell, "live") { Scenery.shell(columns: $0, rows: $1) },
        GoldenScene(.shell, "zoomed", keys: [.control("]"), .character("+")], colors: false) {
            Scenery.shell(columns: $0, rows: $1)
        }.then { Scenery.show(Scenery.shellText, &$0) },
        GoldenScene(.shell, "left", keys: [.control("]")], colors: false) { Scenery.shell(columns: $0, rows: $1) },
        GoldenScene(.shell, "scrolled", keys: [.shiftPageUp], colors: false) {
            Scenery.shell(history, columns: $0, rows: $1)
        },
        GoldenScene(
            .shell, "copying",
            keys: [.control("]"), .character("v"), .character("k"), .character("V"), .character("k")]
        ) { Scenery.shell(history, columns: $0, rows: $1) },
        GoldenScene(.shell, "ended", colors: false) { Scenery.shell(columns: $0, rows: $1) }
            .then { _ = $0.update(.answer(.shell, ShellAnswer.ended(1, .exited(code: 130)))) },
        GoldenScene(.shell, "none", colors: false) { Scenery.shell("", columns: $0, rows: $1) }
            .then { _ = $0.update(.answer(.shell, ShellAnswer.ended(1, .failed("there is no shell in web")))) },
        GoldenScene(.shell, "close", keys: [.control("]"), .character("d")], colors: false) {
            Scenery.shell(columns: $0, rows: $1)
        },
        GoldenScene(.shell, "list", keys: [.control("]"), .character("s")], colors: false) {
            Scenery.shell(columns: $0, rows: $1)
        },
        GoldenScene(.shell, "quit", keys: [.control("]"), .character("q")], colors: false) {
            Scenery.shell(columns: $0, rows: $1)
        },
        GoldenScene(.shell, "elsewhere", keys: [.control("]"), .character("2")], colors: false) {
            Scenery.shell(columns: $0, rows: $1)
        },
        GoldenScene(.shell, "empty", view: .shell, colors: false),
        GoldenScene(.shell, "ascii", keys: [.control("]"), .character("+")], isASCII: true, colors: false) {
            Scenery.shell("ls\r\ndata  run.sh\r\n", columns: $0, rows: $1)
        }.then { Scenery.show("ls\r\ndata  run.sh\r\n", &$0) },
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
