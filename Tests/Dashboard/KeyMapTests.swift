import Terminal
import Testing

@testable import Dashboard

@Suite struct KeyMapTests {
    @Test func noKeyMeansTwoThingsInOnePlace() {
        for context in KeyContext.all {
            var owners: [String: Action] = [:]
            for binding in KeyMap.standard.bindings where binding.context == context {
                for key in binding.keys {
                    #expect(
                        owners[key] == nil, "\(key) is both \(binding.action) and \(String(describing: owners[key]))")
                    owners[key] = binding.action
                }
            }
        }
    }

    @Test func everyActionHasAKeyAndHelp() {
        for action in Action.all {
            let bindings = KeyMap.standard.bindings.filter { $0.action == action }
            #expect(bindings.count == 1, "\(action)")
            #expect(bindings.allSatisfy { !$0.keys.isEmpty && !$0.help.isEmpty })
        }
    }

    @Test func everyKeyIsSpelledNormally() {
        for key in KeyMap.standard.bindings.flatMap(\.keys) { #expect(KeyMap.normalise(key) == key) }
    }

    @Test(
        arguments: [
            ("Ctrl-K", "ctrl-k"), ("shift-j", "J"), ("Enter", "enter"), ("return", "enter"), ("PgUp", "pageup"),
            ("F12", "f12"), ("ctrl-space", "ctrl-space"), ("ctrl-\\", "ctrl-\\"), ("x", "x"), ("alt-X", "alt-X"),
        ] as [(String, String)])
    func spellingsAreNormalised(text: String, expected: String) { #expect(KeyMap.normalise(text) == expected) }

    @Test(arguments: ["", "foo", "f0", "f99", "shift-enter2", "ctrl-"])
    func nonsenseIsNoKey(text: String) { #expect(KeyMap.normalise(text) == nil) }

    @Test func aChangeReplacesTheKeysOfItsActionAlone() {
        let (map, problems) = KeyMap.applying(["restart": ["R", "ctrl-r"]])
        #expect(problems.isEmpty)
        #expect(map.action(for: "R", in: .containers) == .restart)
        #expect(map.action(for: "ctrl-r", in: .containers) == .restart)
        #expect(map.action(for: "r", in: .containers) == nil)
        #expect(map.action(for: "s", in: .containers) == .startStop)
    }

    @Test func aChangeTakesAKeyFromWhoHadIt() {
        let (map, problems) = KeyMap.applying(["restart": ["s"]])
        #expect(problems.isEmpty)
        #expect(map.action(for: "s", in: .containers) == .restart)
    }

    @Test func oneClashCostsOnlyItself() {
        let (map, problems) = KeyMap.applying([
            "restart": ["z"], "pause": ["z", "Z"], "nonsense": ["q"], "kill": ["hm"],
        ])
        #expect(problems.count == 3)
        #expect(problems.contains { $0.contains("'z'") && $0.contains("taken") })
        #expect(map.action(for: "z", in: .containers) == .pause || map.action(for: "z", in: .containers) == .restart)
        #expect(map.action(for: "Z", in: .containers) == .pause)
        #expect(map.action(for: "q", in: .containers) == .quit)
    }

    @Test func keysOfTheTerminalFindTheirNames() {
        let keys: [(Key, String)] = [
            (.character("j"), "j"), (.character(" "), "space"), (.control("k"), "ctrl-k"),
            (.control("@"), "ctrl-space"),
            (.backTab, "shift-tab"), (.pageUp, "pageup"), (.function(1), "f1"), (.escape, "esc"),
            (.control("\\"), "ctrl-\\"),
        ]
        for (key, name) in keys {
            #expect(key.mapName == name)
            #expect(KeyMap.normalise(key.mapName) == name)
        }
    }

    @Test func helpAndHintsShowTheKeysInForce() {
        let (map, _) = KeyMap.applying(["restart": ["ctrl-r"]])
        var state = Scenery.state(columns: 140, rows: 60)
        state.keys = map
        #expect(FooterBar.hints(state).contains { $0.action == .restart && $0.key == "ctrl-r" })
        _ = state.update(.key(.character("?")))
        let text = Frame.draw(state, look: Look(theme: .plain, glyphs: .ascii)).canvas.lines
        #expect(text.contains { $0.contains("^R") && $0.contains("restart") })
    }
}
