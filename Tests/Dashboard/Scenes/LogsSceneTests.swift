import Terminal
import Testing

@testable import Dashboard

@Suite struct LogsSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.logs, "newest", view: .logs, keys: [.character("t")])
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
