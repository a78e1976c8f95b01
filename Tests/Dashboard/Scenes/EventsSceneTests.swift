import Terminal
import Testing

@testable import Dashboard

@Suite struct EventsSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.events, "list", view: .events),
        GoldenScene(.events, "kind", view: .events, keys: [.character("t")], colors: false),
        GoldenScene(.events, "ascii", view: .events, isASCII: true, colors: false),
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
