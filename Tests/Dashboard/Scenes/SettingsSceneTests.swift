import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct SettingsSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.settings, "settings", view: .settings, keys: [.down, .down]),
        GoldenScene(.settings, "keys", view: .settings, keys: [.character("]"), .down], colors: false),
        GoldenScene(.settings, "clash", view: .settings, colors: false).then { state in
            var settings = state.settings
            (settings.keys, settings.keyProblems) = KeyMap.make(changes: [
                KeyChange("pause", [KeyChange.Key("z", place: "config.yaml:3:10")]),
                KeyChange("restart", [KeyChange.Key("z", place: "config.yaml:4:12")]),
            ])
            state.adopt(settings)
            state.settingsScreen.tab = .keys
            state.settingsScreen.keyFilter = "z"
        },
        GoldenScene(.settings, "themes", view: .settings, keys: [.enter, .down], colors: false).then { state in
            state.settingsScreen.themes = ["plain", "abyss", "coral", "daylight", "mono"]
        },
        GoldenScene(
            .settings, "rules", view: .settings, keys: [.character("]"), .character("]")], isASCII: true, colors: false),
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
