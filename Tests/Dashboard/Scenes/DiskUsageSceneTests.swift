import Terminal
import Testing

@testable import Dashboard

@Suite struct DiskUsageSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.diskUsage, "list", view: .diskUsage),
        GoldenScene(.diskUsage, "prune", view: .diskUsage, keys: [.character("P")], colors: false),
        GoldenScene(.diskUsage, "ascii", view: .diskUsage, isASCII: true, colors: false),
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
