import Terminal
import Testing

@testable import Dashboard

@Suite struct BrowserSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.browser, "list", view: .containers, keys: [.character("f")]),
        GoldenScene(
            .browser, "text", view: .containers,
            keys: [.character("f"), .character("j"), .character("j"), .character("j"), .enter]),
        GoldenScene(
            .browser, "bytes", view: .containers,
            keys: [.character("f"), .character("j"), .character("j"), .character("j"), .enter, .character("b")],
            colors: false),
        GoldenScene(
            .browser, "remove", view: .containers,
            keys: [.character("f"), .character("j"), .character("j"), .character("j"), .character("d")], colors: false),
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
