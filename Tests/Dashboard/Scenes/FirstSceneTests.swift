import Terminal
import Testing

@testable import Dashboard

/// Scenes of the panes that stood before each had a folder for its tests.
@Suite struct FirstSceneTests {
    static let scenes = [
        GoldenScene(.containers, "list", view: .containers),
        GoldenScene(.images, "list", view: .images),
        GoldenScene(.graphs, "busy", view: .graphs),
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
