import Engine
import Terminal
import Testing

@testable import Dashboard

/// What lies above the panes, and panes that a person has put where he wants them.
@Suite struct NavigationSceneTests {
    private static func typed(_ text: String) -> [Key] { text.map { $0 == "\n" ? .enter : .character($0) } }

    static let scenes: [GoldenScene] = [
        GoldenScene(.containers, "palette", view: .overview, keys: typed(":")),
        GoldenScene(.containers, "palette-typed", view: .containers, keys: typed(":mem"), isASCII: true, colors: false),
        GoldenScene(.containers, "palette-names", view: .overview, keys: typed(":logs "), colors: false),
        GoldenScene(.containers, "palette-wrong", view: .overview, keys: typed(":logs nobody\n"), colors: false),
        GoldenScene(.containers, "menu", view: .containers, keys: typed("x")),
        GoldenScene(.containers, "menu-stopped", view: .containers, keys: typed("x"), colors: false).choosing(6),
        GoldenScene(.images, "menu", view: .images, keys: typed("x"), colors: false),
        GoldenScene(.containers, "copy", view: .containers, keys: typed("c"), colors: false),
        GoldenScene(.containers, "help", view: .overview, keys: typed("?")),
        GoldenScene(.containers, "help-search", view: .overview, keys: typed("?/mem"), colors: false),
        GoldenScene(
            .containers, "tabs", view: .containers,
            keys: [.control("t")] + typed("/wave\n") + [.control("t")] + typed("3")),
        GoldenScene(.containers, "arranging", view: .overview, keys: [.control("w")], colors: false),
        GoldenScene(
            .containers, "layout", view: .containers, keys: [.control("w")] + typed("s\nw") + typed("work\n"),
            colors: false),
        GoldenScene(.containers, "read-only", view: .containers, keys: typed(":read-only\nr"), colors: false),
        GoldenScene(.logs, "pinned") { columns, rows in
            var state = Scenery.state(view: .logs, columns: columns, rows: rows)
            state.list.select(Scenery.id(3))
            state.arranging.trees[.logs] = .split(
                .columns, [.init(.pane(PaneSlot("logs"))), .init(.pane(PaneSlot("graphs", pin: "wave")))])
            return state
        },
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
