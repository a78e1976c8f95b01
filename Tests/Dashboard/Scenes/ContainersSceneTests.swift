import Terminal
import Testing

@testable import Dashboard

@Suite struct ContainersSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.containers, "list", view: .containers),
        GoldenScene(
            .containers, "filter", view: .containers, keys: [.character("/"), .character("w"), .character("e")],
            colors: false),
        GoldenScene(.containers, "sort", view: .containers, keys: [.character("O")], colors: false),
        GoldenScene(.containers, "remove", view: .containers, keys: [.character("d")]),
        GoldenScene(.containers, "kill", view: .containers, keys: [.control("k")], colors: false),
        GoldenScene(.containers, "browser", view: .containers, keys: [.character("w")], colors: false),
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
