import Terminal
import Testing

@testable import Dashboard

@Suite struct ImagesSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.images, "list", view: .images),
        GoldenScene(.images, "prune", view: .images, keys: [.character("P")], colors: false),
        GoldenScene(.images, "bulk", view: .images, keys: [.character("*")], colors: false),
        GoldenScene(.images, "run", view: .images, keys: [.character("r")]),
        GoldenScene(.images, "pull", view: .images, keys: [.character("p")], colors: false),
        GoldenScene(.images, "build-form", view: .images, keys: [.character("b")], colors: false),
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
