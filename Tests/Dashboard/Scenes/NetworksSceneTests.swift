import Terminal
import Testing

@testable import Dashboard

@Suite struct NetworksSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.networks, "list", view: .networks, keys: [.down])
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
