import Terminal
import Testing

@testable import Dashboard

@Suite struct GraphsSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.graphs, "busy", view: .graphs),
        GoldenScene(.graphs, "cursor", view: .graphs, keys: [.character("{"), .left], colors: false).choosing(1),
        GoldenScene(.graphs, "alone", view: .graphs, keys: [.down, .down, .enter], colors: false).choosing(1),
        GoldenScene(.graphs, "over", view: .graphs, keys: [.character("v"), .down]),
        GoldenScene(.graphs, "share", view: .graphs, keys: [.character("v"), .character("v")], colors: false),
        GoldenScene(.graphs, "ascii", view: .graphs, isASCII: true, colors: false),
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
