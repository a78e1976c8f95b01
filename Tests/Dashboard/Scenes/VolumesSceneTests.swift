import Terminal
import Testing

@testable import Dashboard

@Suite struct VolumesSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.volumes, "list", view: .volumes, keys: [.down]),
        GoldenScene(.volumes, "prune", view: .volumes, keys: [.character("P")], colors: false),
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
