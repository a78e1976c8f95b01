import Terminal
import Testing

@testable import Dashboard

@Suite struct DetailsSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.details, "tree", view: .details),
        GoldenScene(.details, "yaml", view: .details, keys: [.character("y")], colors: false),
        GoldenScene(.details, "json", view: .details, keys: [.character("Y")], colors: false),
        GoldenScene(
            .details, "search", view: .details,
            keys: [
                .character("/"), .character("s"), .character("t"), .character("a"), .character("t"), .character("u"),
                .character("s"), .enter,
            ]),
        GoldenScene(.details, "environment", view: .details, keys: [.character("]")]),
        GoldenScene(
            .details, "network", view: .details, keys: [.character("]"), .character("]"), .character("]")],
            colors: false),
        GoldenScene(
            .details, "processes", view: .details,
            keys: [.character("]"), .character("]"), .character("]"), .character("]")]),
        GoldenScene(
            .details, "processes-list", view: .details,
            keys: [.character("]"), .character("]"), .character("]"), .character("]"), .character("t")], colors: false),
        GoldenScene(
            .details, "signal", view: .details,
            keys: [.character("]"), .character("]"), .character("]"), .character("]"), .character("j"), .control("k")],
            colors: false),
        GoldenScene(.details, "health", view: .details, keys: [.character("[")]),
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
