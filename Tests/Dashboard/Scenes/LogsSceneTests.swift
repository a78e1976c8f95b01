import Terminal
import Testing

@testable import Dashboard

@Suite struct LogsSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.logs, "newest", view: .logs, keys: [.character("t")]),
        GoldenScene(.logs, "searched", view: .logs, keys: typed("/~slow|item/29\\d") + [.enter]),
        GoldenScene(.logs, "filtered", view: .logs, keys: typed("&!GET") + [.enter]),
        GoldenScene(.logs, "merged", view: .logs, keys: typed("Att")),
        GoldenScene(.logs, "json-columns", view: .logs, keys: typed("Ao&tide") + [.enter]),
        GoldenScene(.logs, "json-unfolded", view: .logs, keys: typed("A&tide") + [.enter, .enter]),
        GoldenScene(.logs, "marked", view: .logs, keys: typed("/slow") + [.enter] + typed("mv") + [.up, .up]),
        GoldenScene(.logs, "saving", view: .logs, keys: [.character("2"), .control("s")]),
    ]

    private static func typed(_ text: String) -> [Key] { text.map { .character($0) } }

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
