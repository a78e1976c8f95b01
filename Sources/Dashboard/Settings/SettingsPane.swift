import Engine
import Terminal

extension Pane {
    static let settings = Pane("settings")
}

extension ViewName {
    static let settings = ViewName("settings")
}

extension KeyContext {
    static let settings = KeyContext("settings", "Settings")
}

extension Action {
    static let settings = Action("settings")
    static let reload = Action("reload")
    static let settingReset = Action("setting-reset")
    static let settingAddKey = Action("setting-add-key")
}

/// All that can be chosen, the keys, and the rules that hold. What is changed here is written into the configuration at once.
enum SettingsPane: PaneKind {
    typealias State = SettingsState

    enum Word: Sendable, Hashable {
        case timeZone, keyFilter
        case keys([SettingChange])
    }

    static let pane = Pane.settings
    static let title = "Settings"
    static let contexts: [KeyContext] = [.settings, .everywhere]
    static let views = [ViewDefinition(.settings, "Settings", tab: .overview, .settings)]
    static let opening = [
        KeyBinding(.settings, .everywhere, ["f2"], "settings and keys"),
        KeyBinding(.reload, .everywhere, ["ctrl-r"], "read the configuration again"),
    ]
    static let bindings = [
        KeyBinding(.settingReset, .settings, ["delete", "d"], "back to the default", hint: "default"),
        KeyBinding(.settingAddKey, .settings, ["a"], "a further key for the action", hint: "further key"),
    ]
    static let menu: [Action] = [.open, .settingReset, .settingAddKey, .nextTab, .filter, .reload]

    static func offers(_ action: Action, _ state: DashboardState) -> Bool {
        switch action {
        case .settingAddKey: state.settingsScreen.tab == .keys
        case .settingReset: state.settingsScreen.tab != .rules
        default: true
        }
    }

    static func height(_ state: DashboardState, _ rect: Rect) -> Int { max(0, rect.height - 5) }

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .settings: state.open(.settings)
        case .reload:
            state.tell(.information, words("reading the configuration"))
            return [.reload]
        case .settingReset: return state.focus == pane ? state.resetSetting() : nil
        case .settingAddKey:
            guard state.focus == pane else { return nil }
            state.record(isFurther: true)
        default: return nil
        }
        return []
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        if state.settingsScreen.isChoosingTheme { return state.passTheme(step) }
        let count = state.settingsRowCount
        state.settingsScreen.index = max(0, min(state.settingsScreen.index + max(-count, min(step, count)), count - 1))
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        move(edge == .top ? -10_000 : 10_000, &state)
    }

    static func sideways(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state.stepSetting(step > 0 ? 1 : -1)
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] { move(step, &state) }

    static func turn(_ direction: Int, _ state: inout DashboardState) -> [Effect] {
        let tabs = SettingsState.Tab.allCases
        let place = (tabs.firstIndex(of: state.settingsScreen.tab) ?? 0) + direction + tabs.count
        state.leaveThemes()
        state.settingsScreen.tab = tabs[place % tabs.count]
        return []
    }

    static func open(_ state: inout DashboardState) -> [Effect] { state.openSetting() }

    static func back(_ state: inout DashboardState) -> Bool {
        if state.settingsScreen.isChoosingTheme {
            state.leaveThemes()
        } else if !state.settingsScreen.keyFilter.isEmpty {
            state.settingsScreen.keyFilter = ""
        } else {
            return false
        }
        return true
    }

    static func find(_ state: inout DashboardState) -> [Effect] {
        state.settingsScreen.tab = .keys
        state.ask(pane, Word.keyFilter, words("actions with"), text: state.settingsScreen.keyFilter, isLive: true)
        return []
    }

    static func findAgain(_ direction: Int, _ state: inout DashboardState) -> [Effect] { [] }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        switch spot {
        case .tab(let name):
            state.leaveThemes()
            state.settingsScreen.tab = SettingsState.Tab(rawValue: name) ?? .settings
        case .place(let index):
            if state.settingsScreen.isChoosingTheme {
                let step = index - state.settingsScreen.themeIndex
                return isDouble ? state.openSetting() : state.passTheme(step)
            }
            state.settingsScreen.index = index
            if isDouble { return state.openSetting() }
        default: break
        }
        return []
    }

    static func hear(_ word: PaneWord, text: String, isFinal: Bool, _ state: inout DashboardState) -> [Effect] {
        switch word.value as? Word {
        case .timeZone:
            guard isFinal else { return [] }
            guard TimeZoneChoice(rawValue: text) != nil else {
                state.tell(.failure, words("'\(text)' is no time zone: local, utc, or an offset such as +02:00"))
                return []
            }
            return state.write([SettingItem.timeZone.change(to: text)])
        case .keyFilter:
            state.settingsScreen.keyFilter = text
            state.settingsScreen.index = 0
        case .keys, nil: break
        }
        return []
    }

    static func hear(_ word: PaneWord, _ state: inout DashboardState) -> [Effect] {
        guard case .keys(let changes) = word.value as? Word else { return [] }
        return state.write(changes)
    }

    static func receive(_ answer: any Sendable, _ state: inout DashboardState) -> [Effect] {
        switch answer {
        case let answer as ListThemes.Answer:
            state.settingsScreen.themes = answer.names
            state.settingsScreen.themeIndex = answer.names.firstIndex(of: state.settings.themeName) ?? 0
        case let answer as TryTheme.Answer: state.receive(answer)
        case let answer as WriteSettings.Answer: state.receive(answer)
        default: break
        }
        return []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        guard rect != nil else {
            // Who has left it looks at no theme any more, and no key is awaited.
            if state.triedTheme != nil { state.leaveThemes() }
            if state.settingsScreen.recording != nil { state.settingsScreen.recording = nil }
            return []
        }
        let height = state.tableHeight(pane)
        let own = state.settingsScreen
        let isChoosing = own.isChoosingTheme
        state.settingsScreen.top = ScrollMath.keeping(
            isChoosing ? own.themeIndex : own.index, in: height,
            of: isChoosing ? own.themes.count : state.settingsRowCount,
            scroll: own.top)
        return own.themes.isEmpty ? state.listThemes() : []
    }
}
