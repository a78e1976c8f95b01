import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct ActivitySceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.activity, "done", view: .activity, keys: [.down])
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
