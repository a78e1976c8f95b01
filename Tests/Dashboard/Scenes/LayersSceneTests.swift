import Terminal
import Testing

@testable import Dashboard

@Suite struct LayersSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.layers, "tree", view: .layers),
        GoldenScene(.layers, "sorted", view: .layers, keys: [.character("s"), .tab, .down], colors: false),
        GoldenScene(.layers, "history", view: .layers, keys: [.character("]"), .down], colors: false),
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
