import Terminal
import Testing

@testable import Dashboard

@Suite struct LimitsSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.limits, "list", view: .containers, keys: [.character("L"), .escape]),
        GoldenScene(.limits, "form", view: .containers, keys: [.character("L"), .character("1"), .character("2")]),
        GoldenScene(
            .limits, "ascii", view: .containers, keys: [.character("L"), .escape], isASCII: true, colors: false),
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
