import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct SettingsPaneTests {
    private static let look = Look(theme: .plain, glyphs: .ascii)

    private static func state() -> DashboardState {
        var state = Scenery.state(columns: 110, rows: 32)
        _ = state.update(.key(.function(2)))
        _ = state.update(.answer(.settings, ListThemes.Answer(names: ["plain", "abyss", "coral"])))
        return state
    }

    private static func written(_ effects: [Effect]) -> [SettingChange] {
        effects.flatMap { effect in
            guard case .errand(let errand) = effect else { return [SettingChange]() }
            return (errand.errand as? WriteSettings)?.changes ?? []
        }
    }

    private static func text(_ state: DashboardState) -> String {
        Frame.draw(state, look: look).canvas.lines.joined(separator: "\n")
    }

    private static func choose(_ item: SettingItem, _ state: inout DashboardState) {
        state.settingsScreen.index = SettingItem.allCases.firstIndex(of: item) ?? 0
    }

    @Test func everySettingHasARowAndANextChoice() {
        var state = Self.state()
        for item in SettingItem.allCases {
            #expect(Self.text(state).contains(item.title), "\(item)")
            guard item != .language else { continue }
            Self.choose(item, &state)
            let changes = Self.written(state.update(.key(.right)))
            #expect(changes.count == 1 && changes.first?.path == item.path, "\(item): \(changes)")
        }
    }

    @Test func aChangeHoldsAtOnce() {
        var state = Self.state()
        Self.choose(.mouse, &state)
        #expect(Self.written(state.update(.key(.right))) == [SettingChange(["mouse"], .flag(false))])
        var settings = state.settings
        settings.usesMouse = false
        settings.timeFormat = .hours12
        _ = state.update(.answer(.settings, WriteSettings.Answer(result: .success(settings))))
        #expect(!state.settings.usesMouse)
        #expect(Self.text(state).contains("< off >"))
    }

    @Test func whatCannotBeWrittenIsToldAndChangesNothing() {
        var state = Self.state()
        let error = EngineError(.unsupported, "cannot change mouse in c.yaml")
        _ = state.update(.answer(.settings, WriteSettings.Answer(result: .failure(error))))
        #expect(state.notice?.text.contains("cannot change mouse") == true && state.settings.usesMouse)
    }

    @Test func aThemeIsSeenBeforeItIsKept() throws {
        var state = Self.state()
        let coral = try #require(try Theme.builtIn("coral"))
        _ = state.update(.key(.enter))
        let effects = state.update(.key(.down)) + state.update(.key(.down))
        #expect(
            effects.contains {
                if case .errand(let one) = $0 { one.errand as? TryTheme == TryTheme(name: "coral") } else { false }
            })
        _ = state.update(.answer(.settings, TryTheme.Answer(name: "coral", theme: .success(coral))))
        #expect(state.shownTheme == coral && state.settings.theme != coral)
        _ = state.update(.key(.escape))
        #expect(state.shownTheme == state.settings.theme)
        _ = state.update(.key(.enter))
        _ = state.update(.key(.end))
        #expect(Self.written(state.update(.key(.enter))) == [SettingChange(["theme"], .text("coral"))])
    }

    @Test func whoLeavesTheScreenHasHisOldThemeBack() throws {
        var state = Self.state()
        _ = state.update(.key(.enter))
        _ = state.update(.key(.down))
        _ = state.update(
            .answer(
                .settings, TryTheme.Answer(name: "abyss", theme: .success(try #require(try Theme.builtIn("abyss"))))))
        _ = state.update(.key(.character("2")))
        #expect(state.triedTheme == nil)
    }

    @Test func aKeyIsChosenByPressingIt() {
        var state = Self.state()
        _ = state.update(.key(.character("]")))
        state.settingsScreen.index = state.keyRows.firstIndex { $0.action == .restart } ?? 0
        _ = state.update(.key(.enter))
        #expect(Self.text(state).contains("press the key for restart"))
        #expect(Self.written(state.update(.key(.alt("r")))) == [SettingChange(["keys", "restart"], .list(["alt-r"]))])
        _ = state.update(.key(.character("a")))
        #expect(
            Self.written(state.update(.key(.alt("q")))) == [SettingChange(["keys", "restart"], .list(["r", "alt-q"]))])
        _ = state.update(.key(.enter))
        #expect(Self.written(state.update(.key(.escape))).isEmpty, "Esc leaves it as it is")
    }

    @Test func aConflictIsToldBeforeAnythingIsTaken() {
        var state = Self.state()
        _ = state.update(.key(.character("]")))
        state.settingsScreen.index = state.keyRows.firstIndex { $0.action == .restart } ?? 0
        _ = state.update(.key(.enter))
        #expect(Self.written(state.update(.key(.character("s")))).isEmpty)
        #expect(state.dialog?.text.first?.contains("start-stop (Containers), which loses it") == true)
        #expect(Self.written(state.update(.key(.enter))).isEmpty, "Cancel is the default")
        _ = state.update(.key(.enter))
        _ = state.update(.key(.character("s")))
        _ = state.update(.key(.right))
        #expect(
            Self.written(state.update(.key(.enter))) == [
                SettingChange(["keys", "restart"], .list(["s"])), SettingChange(["keys", "start-stop"], .list([])),
            ])
    }

    @Test func aClashStandsAtItsKey() {
        var state = Self.state()
        var settings = state.settings
        (settings.keys, settings.keyProblems) = KeyMap.make(changes: [
            KeyChange("pause", [KeyChange.Key("z", place: "c.yaml:3:4")]),
            KeyChange("restart", [KeyChange.Key("z", place: "c.yaml:4:4")]),
        ])
        state.adopt(settings)
        _ = state.update(.key(.character("]")))
        _ = state.update(.key(.character("/")))
        for letter in "pause" { _ = state.update(.key(.character(letter))) }
        _ = state.update(.key(.enter))
        let both = Self.text(state)
        state.settingsScreen.keyFilter = "restart"
        #expect((both + Self.text(state)).contains("'z' is taken by"))
    }

    @Test func newsOfTheConfigurationHoldOrAreTold() {
        var state = Scenery.state(columns: 110, rows: 32)
        var settings = state.settings
        (settings.keys, _) = KeyMap.make(changes: [KeyChange("restart", [KeyChange.Key("alt-r")])])
        settings.isReadOnly = true
        _ = state.update(.news(.settings(settings)))
        #expect(state.keys.key(for: .restart) == "alt-r" && state.isReadOnly)
        _ = state.update(.news(.refused(["c.yaml:2:9: glyphs wants auto, unicode or ascii"])))
        #expect(state.notice?.text == "c.yaml:2:9: glyphs wants auto, unicode or ascii; what held before holds on")
        #expect(state.keys.key(for: .restart) == "alt-r")
        #expect(state.update(.key(.control("r"))).contains(.reload))
    }

    @Test(arguments: [
        ("local", true), ("UTC", true), ("+02:00", true), ("-5", true), ("+14:59", true), ("2", false), ("+25", false),
        ("+2:0:0", false), ("", false), ("Europe/Berlin", false),
    ])
    func aTimeZoneIsAWordOrAnOffset(text: String, isOne: Bool) {
        #expect((TimeZoneChoice(rawValue: text) != nil) == isOne)
        if let zone = TimeZoneChoice(rawValue: text) { #expect(TimeZoneChoice(rawValue: zone.rawValue) == zone) }
    }
}
