import Terminal
import Testing

@testable import Dashboard

@Suite struct ContainersSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.containers, "list", view: .containers),
        GoldenScene(
            .containers, "filter", view: .containers, keys: [.character("/"), .character("w"), .character("e")],
            colors: false),
        GoldenScene(.containers, "filter-syntax", view: .containers, keys: [.character("/")], colors: false),
        GoldenScene(
            .containers, "filter-fields", view: .containers,
            keys: [.character("/")] + "net:front cpu<90 -f we".map { .character($0) }),
        GoldenScene(
            .containers, "filter-bad", view: .containers, keys: [.character("/")] + "~we(b".map { .character($0) }),
        GoldenScene(
            .containers, "filter-empty", view: .containers,
            keys: [.character("/")] + "zzz".map { .character($0) } + [.enter], colors: false),
        GoldenScene(
            .containers, "columns", view: .containers,
            keys: [.character("o"), .down, .down, .character(" "), .character(">")]),
        GoldenScene(
            .containers, "wide", view: .containers, keys: [.character("W"), .right, .right], colors: false),
        GoldenScene(
            .containers, "marks", view: .containers, keys: [.home, .shiftDown, .shiftDown], colors: false),
        GoldenScene(.containers, "bulk", view: .containers, keys: [.character(" "), .character("b")], colors: false),
        GoldenScene(
            .containers, "bulk-confirm", view: .containers, keys: [.character("b"), .down, .down, .enter],
            colors: false),
        GoldenScene(.containers, "sort", view: .containers, keys: [.character("O")], colors: false),
        GoldenScene(.containers, "remove", view: .containers, keys: [.character("d")]),
        GoldenScene(.containers, "kill", view: .containers, keys: [.control("k")], colors: false),
        GoldenScene(.containers, "browser", view: .containers, keys: [.character("w")], colors: false),
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
