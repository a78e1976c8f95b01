import Terminal
import Testing

@testable import Dashboard

@Suite struct DetailsSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.details, "spec", view: .details).then {
            _ = $0.update(.details(Scenery.id(0), .success(Scenery.details)))
        },
        GoldenScene(
            .details, "network", view: .details, keys: [.character("]"), .character("]"), .character("]")],
            colors: false),
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
