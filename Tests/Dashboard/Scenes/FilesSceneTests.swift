import Terminal
import Testing

@testable import Dashboard

@Suite struct FilesSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.files, "open", view: .layers, keys: [.enter]),
        GoldenScene(.files, "ascii", view: .layers, keys: [.enter, .up], isASCII: true, colors: false),
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
