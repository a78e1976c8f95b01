import Terminal
import Testing

@testable import Dashboard

@Suite struct KeyPresetTests {
    @Test(arguments: KeyPreset.allCases)
    func aPresetKnowsItsActionsAndClashesNowhere(preset: KeyPreset) {
        for change in preset.changes {
            #expect(Action(rawValue: change.action) != nil, "\(preset): there is no action \(change.action)")
            for key in change.keys { #expect(KeyMap.normalise(key.name) == key.name, "\(key.name)") }
        }
        let bindings = KeyMap.make(preset: preset).map.bindings
        for context in KeyContext.all {
            var owners: [String: Action] = [:]
            for binding in bindings where binding.context == context {
                for key in binding.keys {
                    #expect(
                        owners[key] == nil,
                        "\(preset), \(context.title): \(key) is \(binding.action) and \(String(describing: owners[key]))"
                    )
                    owners[key] = binding.action
                }
            }
        }
    }

    /// What can be done with the standard keys can be done with every preset's.
    @Test(arguments: KeyPreset.allCases)
    func aPresetLeavesNoActionWithoutAKey(preset: KeyPreset) {
        let map = KeyMap.make(preset: preset).map
        // Some are reached by the palette alone.
        let keyed = Set(KeyMap.standard.bindings.filter { !$0.keys.isEmpty }.map(\.action))
        for binding in map.bindings where keyed.contains(binding.action) {
            let panes = PaneList.all.filter { $0.contexts.contains(binding.context) }
            // While panes are moved the keys go elsewhere.
            guard !panes.isEmpty else { continue }
            let reached = panes.contains { kind in
                binding.keys.contains { map.action(for: $0, in: kind.pane) == binding.action }
            }
            #expect(reached, "\(preset): \(binding.action.rawValue) (\(binding.context.title)) has \(binding.keys)")
        }
    }

    @Test func handsFindTheirKeys() {
        func action(_ key: String, _ preset: KeyPreset, in pane: Pane = .containers) -> Action? {
            KeyMap.make(preset: preset).map.action(for: key, in: pane)
        }
        #expect(action("e", .lazydocker) == .showStopped && action("E", .lazydocker) == .shell)
        #expect(action("m", .lazydocker) == .logs && action("?", .lazydocker) == .menu)
        #expect(action("l", .lazydocker) == .nextPane && action("h", .lazydocker) == .previousPane)
        #expect(action("4", .lazydocker) == .images && action("6", .lazydocker) == .networks)
        #expect(action("ctrl-d", .k9s) == .remove && action("d", .k9s) == .inspect && action("s", .k9s) == .shell)
        #expect(action("ctrl-k", .k9s) == .kill && action("s", .k9s, in: .logs) == .logFollow)
        #expect(action("enter", .ctop) == .menu && action("o", .ctop) == .open && action("a", .ctop) == .showStopped)
        #expect(action("left", .ctop) == .logs && action("f", .ctop) == .filter && action("s", .ctop) == .sort)
    }

    @Test func aPersonsChangesStandAboveThePreset() {
        let (map, problems) = KeyMap.make(preset: .k9s, changes: [KeyChange("remove", [KeyChange.Key("delete")])])
        #expect(problems.isEmpty)
        #expect(map.action(for: "delete", in: .containers) == .remove)
        #expect(map.action(for: "ctrl-d", in: .containers) != .remove)
        #expect(map.action(for: "s", in: .containers) == .shell)
    }

    @Test func aClashSaysWhichLineClashesWithWhatAndWhere() {
        let (map, problems) = KeyMap.make(changes: [
            KeyChange("restart", [KeyChange.Key("z", place: "c.yaml:3:12")]),
            KeyChange("pause", [KeyChange.Key("z", place: "c.yaml:4:10"), KeyChange.Key("Z", place: "c.yaml:4:13")]),
            KeyChange("nonsense", [KeyChange.Key("q")], place: "c.yaml:5:3"),
        ])
        #expect(problems.count == 2)
        let clash = problems.first { $0.action == "pause" || $0.action == "restart" }
        #expect(
            clash?.description.contains("'z' is taken by ") == true
                && clash?.description.contains("(Containers)") == true,
            "\(problems.map(\.description))")
        #expect(clash?.description.hasPrefix("c.yaml:") == true)
        #expect(problems.contains { $0.description == "c.yaml:5:3: keys: there is no action named 'nonsense'" })
        #expect(map.action(for: "Z", in: .containers) == .pause)
    }

    @Test func aKeyThatDoesNotReachItsActionEverywhereIsTold() {
        let (map, problems) = KeyMap.make(changes: [KeyChange("overview", [KeyChange.Key("s", place: "c.yaml:2:13")])])
        #expect(problems.map(\.kind) == [.hidden(by: .startStop, in: .containers)] || problems.count == 1)
        #expect(problems.first?.description.contains("does not reach it in") == true)
        #expect(map.action(for: "s", in: .volumes) == .overview)
    }

    @Test func commandsTakeNobodysKey() throws {
        let line = try CommandTemplate.read("true", allowed: []).get()
        func command(_ name: String, _ key: String, _ scope: CustomCommand.Scope) -> CustomCommand {
            CustomCommand(name: name, key: KeyChange.Key(key, place: "c.yaml:9:9"), scope: scope, line: .shell(line))
        }
        let (map, problems) = KeyMap.make(commands: [
            command("top", "r", .container), command("free", "alt-t", .container), command("disk", "alt-t", .volume),
        ])
        #expect(map.action(for: "r", in: .containers) == .restart)
        #expect(map.action(for: "alt-t", in: .containers) == Action("command:free"))
        #expect(map.action(for: "alt-t", in: .volumes) == Action("command:disk"))
        #expect(problems.map(\.description) == ["c.yaml:9:9: keys: command:top: 'r' is taken by restart (Containers)"])
        #expect(map.bindings.contains { $0.action == Action("command:top") && $0.keys.isEmpty })
    }
}
