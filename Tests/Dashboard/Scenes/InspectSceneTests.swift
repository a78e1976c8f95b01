import Terminal
import Testing

@testable import Dashboard

@Suite struct InspectSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.inspect, "image", view: .images, keys: [.character("i")]),
        GoldenScene(.inspect, "network", view: .networks, keys: [.character("j"), .character("y")], colors: false),
        GoldenScene(.inspect, "volume", view: .volumes, keys: [.character("i")], colors: false),
        GoldenScene(.inspect, "empty", view: .inspected, colors: false),
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
