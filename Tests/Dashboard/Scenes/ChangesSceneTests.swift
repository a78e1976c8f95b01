import Terminal
import Testing

@testable import Dashboard

@Suite struct ChangesSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.changes, "tree", view: .containers, keys: [.character("F")]),
        GoldenScene(.changes, "list", view: .containers, keys: [.character("F"), .character("t")], colors: false),
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
