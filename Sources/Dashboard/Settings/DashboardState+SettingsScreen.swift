import Engine
import Terminal

/// What the settings screen does.
extension DashboardState {
    var settingItems: [SettingItem] { SettingItem.allCases }

    /// The rows of the list of keys: those of whose action, keys or help one letter after the other was asked for.
    var keyRows: [KeyBinding] {
        let wanted = settingsScreen.keyFilter.lowercased()
        guard !wanted.isEmpty else { return keys.bindings }
        return keys.bindings.filter { binding in
            binding.action.rawValue.contains(wanted) || words(for: binding.help).lowercased().contains(wanted)
                || binding.keys.contains { KeyMap.display($0).lowercased() == wanted || $0 == settingsScreen.keyFilter }
        }
    }

    var settingsRowCount: Int {
        switch settingsScreen.tab {
        case .settings: settingItems.count
        case .keys: keyRows.count
        case .rules: SettingsPane.rules(self).count
        }
    }

    private var chosenItem: SettingItem? {
        guard settingsScreen.tab == .settings, settingItems.indices.contains(settingsScreen.index) else { return nil }
        return settingItems[settingsScreen.index]
    }

    private var chosenBinding: KeyBinding? {
        let rows = keyRows
        guard settingsScreen.tab == .keys, rows.indices.contains(settingsScreen.index) else { return nil }
        return rows[settingsScreen.index]
    }

    /// Names of themes are asked for once.
    mutating func listThemes() -> [Effect] {
        settingsScreen.themes = [settings.themeName]
        return [.errand(.settings, ListThemes())]
    }

    /// Enter: lists, asks, or goes on to the next choice.
    mutating func openSetting() -> [Effect] {
        if settingsScreen.isChoosingTheme { return keepTheme() }
        switch settingsScreen.tab {
        case .settings:
            switch chosenItem {
            case .theme:
                settingsScreen.isChoosingTheme = true
                settingsScreen.themeIndex = settingsScreen.themes.firstIndex(of: settings.themeName) ?? 0
            case .timeZone:
                ask(.settings, SettingsPane.Word.timeZone, words("time zone"), text: settings.timeZone.rawValue)
            case .some: return stepSetting(1)
            case nil: break
            }
        case .keys: record(isFurther: false)
        case .rules: break
        }
        return []
    }

    /// To the next choice or the one before, at once.
    mutating func stepSetting(_ direction: Int) -> [Effect] {
        if settingsScreen.isChoosingTheme { return passTheme(direction) }
        guard let item = chosenItem else { return [] }
        let choices = item.choices(themes: settingsScreen.themes, languages: settings.languages)
        guard choices.count > 1 else { return [] }
        let place = choices.firstIndex(of: item.value(settings)) ?? (direction > 0 ? -1 : 0)
        return write([item.change(to: choices[(place + direction + choices.count) % choices.count])])
    }

    mutating func resetSetting() -> [Effect] {
        if let item = chosenItem { return write([SettingChange(item.path, nil)]) }
        guard let binding = chosenBinding else { return [] }
        guard settings.keyChanges.contains(where: { $0.action == binding.action.rawValue }) else {
            tell(.information, words("\(binding.action.rawValue) has its own keys already"))
            return []
        }
        return write([SettingChange(["keys", binding.action.rawValue], nil)])
    }

    mutating func write(_ changes: [SettingChange]) -> [Effect] {
        [.errand(.settings, WriteSettings(changes: changes))]
    }

    mutating func receive(_ answer: WriteSettings.Answer) {
        switch answer.result {
        case .success(let new):
            triedTheme = nil
            adopt(new)
            // What is wrong with keys stands at the keys; the rest is said.
            if let problem = new.problems.first { tell(.failure, problem) }
        case .failure(let error):
            triedTheme = nil
            tell(.failure, "\(error)")
        }
    }

    // MARK: Themes

    /// Shows the theme that the cursor passes.
    mutating func passTheme(_ step: Int) -> [Effect] {
        let count = settingsScreen.themes.count
        guard count > 0 else { return [] }
        let place = max(0, min(settingsScreen.themeIndex + max(-count, min(step, count)), count - 1))
        settingsScreen.themeIndex = place
        return [.errand(.settings, TryTheme(name: settingsScreen.themes[place]))]
    }

    mutating func receive(_ answer: TryTheme.Answer) {
        let own = settingsScreen
        guard own.isChoosingTheme, own.themes.indices.contains(own.themeIndex),
            own.themes[own.themeIndex] == answer.name
        else { return }
        switch answer.theme {
        case .success(let theme): triedTheme = theme
        case .failure(let error): tell(.failure, "\(error)")
        }
    }

    private mutating func keepTheme() -> [Effect] {
        let own = settingsScreen
        settingsScreen.isChoosingTheme = false
        guard own.themes.indices.contains(own.themeIndex) else { return [] }
        return write([SettingItem.theme.change(to: own.themes[own.themeIndex])])
    }

    mutating func leaveThemes() {
        settingsScreen.isChoosingTheme = false
        triedTheme = nil
    }

    // MARK: Keys

    /// Waits for a key for the chosen action.
    mutating func record(isFurther: Bool) {
        guard let binding = chosenBinding else { return }
        guard Action(rawValue: binding.action.rawValue) != nil else {
            return tell(.information, words("the key of a command stands with the command in the configuration"))
        }
        settingsScreen.recording = SettingsState.Recording(action: binding.action, isFurther: isFurther)
    }

    /// The key that was awaited; whoever has it already is told before anything is changed.
    mutating func take(_ key: Key) -> [Effect] {
        guard let recording = settingsScreen.recording else { return [] }
        settingsScreen.recording = nil
        let name = key.mapName
        guard key != .escape, let binding = keys.bindings.first(where: { $0.action == recording.action }) else {
            return []
        }
        guard !binding.keys.contains(name) else {
            tell(.information, words("\(KeyMap.display(name)) is its key already"))
            return []
        }
        var changes = [
            SettingChange(
                ["keys", binding.action.rawValue], .list(recording.isFurther ? binding.keys + [name] : [name]))
        ]
        let owners = keys.bindings.filter { other in
            other.action != binding.action && other.keys.contains(name)
                && (other.context == binding.context || other.context.comes(before: binding.context))
        }
        guard !owners.isEmpty else { return write(changes) }
        var text: [String] = []
        for owner in owners {
            let place = words(for: owner.context.title)
            if owner.context == binding.context {
                text.append(
                    words("'\(KeyMap.display(name))' is \(owner.action.rawValue) (\(place)), which loses it"))
                changes.append(
                    SettingChange(["keys", owner.action.rawValue], .list(owner.keys.filter { $0 != name })))
            } else {
                text.append(words("'\(KeyMap.display(name))' stays \(owner.action.rawValue) in \(place)"))
            }
        }
        dialog = .question(
            words("\(KeyMap.display(name)) for \(binding.action.rawValue)?"), text,
            [
                ChoiceDialog.Item(
                    label: words("Take it"), choice: .tell(.settings, PaneWord(SettingsPane.Word.keys(changes))))
            ])
        return []
    }

    /// What is wrong with the keys of an action, as it was chosen.
    func keyProblems(of action: Action) -> [KeyProblem] {
        settings.keyProblems.filter { $0.action == action.rawValue }
    }
}
