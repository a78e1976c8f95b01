import Engine
import Terminal
import Testing

@testable import Dashboard

/// A language of other letters: whatever is still in Latin ones did not go through the table.
@Suite struct LanguageTests {
    private static let look = Look(theme: .plain, glyphs: .ascii)

    private static func lines(_ state: DashboardState, _ language: Language = .scrambled) -> [String] {
        Language.$current.withValue(language) { Frame.draw(state, look: look).canvas.lines }
    }

    /// Words of two Latin letters and more.
    private static func latin(_ text: String) -> [String] {
        text.split { !$0.isASCII || !$0.isLetter }.map(String.init).filter { $0.count > 1 }
    }

    private static func state(_ view: ViewName) -> DashboardState {
        Language.$current.withValue(.scrambled) {
            var state = Scenery.state(view: view, columns: 120, rows: 60)
            Scenery.settle(&state, state.settle())
            return state
        }
    }

    /// What is no phrase: names of keys, actions, themes and choices, as the configuration spells them.
    private static let names: Set<String> = {
        var names: Set<String> = [
            "Tab", "Enter", "Esc", "Space", "PgUp", "PgDn", "Up", "Down", "Left", "Right", "Home", "End", "Del", "Ins",
            "Bksp", "plain", "am", "pm",
        ]
        for binding in KeyBinding.standard {
            names.formUnion(latin(binding.action.rawValue))
            for key in binding.keys { names.formUnion(latin(KeyMap.display(key))) }
        }
        for item in SettingItem.allCases {
            for choice in item.choices(themes: [], languages: ["en"]) { names.formUnion(latin(choice)) }
        }
        return names
    }()

    @Test func tabsAndHintsGoThroughTheTable() {
        let lines = Self.lines(Self.state(.containers))
        #expect(Self.latin(lines[0]) == ["spyhop"])
        #expect(Set(Self.latin(lines.last ?? "")).isSubset(of: Self.names), "\(lines.last ?? "")")
    }

    @Test func theHelpGoesThroughTheTable() {
        let state = Self.state(.networks)
        Language.$current.withValue(.scrambled) {
            for line in HelpText(state).lines.dropFirst() {
                let rest = Set(Self.latin(line.text)).subtracting(Self.names)
                #expect(rest.isEmpty, "\(rest.sorted()) in \(line.text)")
            }
        }
    }

    @Test(arguments: SettingsState.Tab.allCases)
    func theSettingsGoThroughTheTable(tab: SettingsState.Tab) {
        var state = Self.state(.settings)
        state.settingsScreen.tab = tab
        guard tab != .rules else { return }
        for line in Self.lines(state).dropFirst(2) {
            let rest = Set(Self.latin(line)).subtracting(Self.names)
            #expect(rest.isEmpty, "\(rest.sorted()) in \(line)")
        }
    }

    @Test func dialogsGoThroughTheTable() {
        var state = Self.state(.containers)
        state.focus = .containers
        Language.$current.withValue(.scrambled) {
            state.dialog = .question("x", [], [ChoiceDialog.Item(label: words("Run"), choice: .cancel)])
        }
        #expect(!Self.lines(state).joined().contains("Cancel"))
        state.dialog = nil
        state.form = FormDialog(purpose: .run, form: Form(title: "x", fields: [], submit: "y"))
        #expect(!Self.lines(state).joined().contains("Cancel") && !Self.lines(state).joined().contains("gives up"))
    }

    @Test func aPhraseWithoutATranslationStaysEnglish() {
        let german = Language(name: "de", phrases: ["Containers": "Behälter", "%1 of %2": "%1 von %2"])
        Language.$current.withValue(german) {
            #expect(words("Containers") == "Behälter" && words("Images") == "Images")
            #expect(words("\(3) of \("5")") == "3 von 5")
        }
        #expect(words("100 % of \("50%2")") == "100 % of 50%2")
    }
}
