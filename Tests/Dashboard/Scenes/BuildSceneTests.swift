import Terminal
import Testing

@testable import Dashboard

@Suite struct BuildSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.build, "running") { Scenery.building(.running, columns: $0, rows: $1) },
        GoldenScene(.build, "failed") { Scenery.building(.failed, columns: $0, rows: $1) },
        GoldenScene(.build, "done", colors: false) { Scenery.building(.done, columns: $0, rows: $1) },
        GoldenScene(.build, "base", keys: [.down, .down], colors: false) {
            Scenery.building(.running, columns: $0, rows: $1)
        },
        GoldenScene(.build, "stop", keys: [.control("x")], colors: false) {
            Scenery.building(.running, columns: $0, rows: $1)
        },
        GoldenScene(.build, "behind", keys: [.escape], colors: false) {
            Scenery.building(.running, columns: $0, rows: $1)
        },
        GoldenScene(.build, "empty", view: .build, colors: false),
        GoldenScene(.build, "ascii", isASCII: true, colors: false) { Scenery.building(.failed, columns: $0, rows: $1) },
        GoldenScene(.buildText, "output", keys: [.tab]) { Scenery.building(.running, columns: $0, rows: $1) },
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
