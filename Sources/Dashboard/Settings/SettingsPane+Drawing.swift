import Engine
import Terminal

extension SettingsPane {
    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let own = state.settingsScreen
        let inside = frame.pane(
            rect, title: [Span(words(for: title), look[.title])],
            trailing: state.configurationPath.map { [Span($0, look[.muted])] } ?? [],
            isFocused: state.focus == pane, look: look)
        guard inside.height > 3 else { return }
        let tabs = Tabs(
            SettingsState.Tab.allCases.map(tabTitle), selected: SettingsState.Tab.allCases.firstIndex(of: own.tab) ?? 0)
        let places = tabs.draw(
            on: &frame.canvas, in: Rect(x: inside.x + 1, y: inside.y, width: inside.width - 2, height: 1), look: look)
        for (tab, place) in zip(SettingsState.Tab.allCases, places) {
            frame.hit(place, .spot(pane, .tab(tab.rawValue)))
        }
        let (_, below) = inside.splitTop(2)
        let (room, foot) = below.splitBottom(1)
        if own.isChoosingTheme {
            drawThemes(own, in: room, state, &frame, look)
        } else {
            let count = state.settingsRowCount
            for row in 0..<room.height where own.top + row < count {
                let place = Rect(x: room.x, y: room.y + row, width: room.width, height: 1)
                drawRow(own.top + row, in: place, state, &frame, look)
                frame.hit(place, .spot(pane, .place(own.top + row)))
            }
            drawScrollbar(own.top, count, in: room, &frame, look)
        }
        frame.canvas.put(
            footText(state), at: Point(x: foot.x + 1, y: foot.y),
            style: look[own.recording == nil ? .muted : .accent], maxWidth: foot.width - 2)
    }

    private static func tabTitle(_ tab: SettingsState.Tab) -> String {
        switch tab {
        case .settings: words("Settings")
        case .keys: words("Keys")
        case .rules: words("Rules and commands")
        }
    }

    private static func footText(_ state: DashboardState) -> String {
        let own = state.settingsScreen
        if let recording = own.recording {
            return words("press the key for \(recording.action.rawValue); Esc leaves it as it is")
        }
        if own.isChoosingTheme { return words("Enter keeps the theme, Esc goes back to the old one") }
        switch own.tab {
        case .settings: return words("left and right change a setting; it holds at once and is written into the file")
        case .keys: return words("Enter waits for a new key; / narrows the list")
        case .rules: return words("these stand in the configuration file")
        }
    }

    private static func drawScrollbar(_ top: Int, _ count: Int, in room: Rect, _ frame: inout Frame, _ look: Look) {
        guard count > room.height else { return }
        Scrollbar(offset: top, visible: room.height, count: count).draw(
            on: &frame.canvas, in: Rect(x: room.right, y: room.y, width: 1, height: room.height), look: look)
    }

    private static func drawThemes(
        _ own: SettingsState, in room: Rect, _ state: DashboardState, _ frame: inout Frame, _ look: Look
    ) {
        for row in 0..<room.height where own.top + row < own.themes.count {
            let name = own.themes[own.top + row]
            let place = Rect(x: room.x, y: room.y + row, width: room.width, height: 1)
            let isSelected = own.top + row == own.themeIndex
            if isSelected { frame.canvas.fill(place, style: look[.selection]) }
            let mark = name == state.settings.themeName ? String(look.glyphs.dot) : " "
            frame.canvas.put(
                "\(mark) \(name)", at: Point(x: place.x + 1, y: place.y),
                style: isSelected ? look[.selection] : look[.text], maxWidth: place.width - 2)
            frame.hit(place, .spot(pane, .place(own.top + row)))
        }
        drawScrollbar(own.top, own.themes.count, in: room, &frame, look)
    }

    private static func drawRow(
        _ index: Int, in place: Rect, _ state: DashboardState, _ frame: inout Frame, _ look: Look
    ) {
        let own = state.settingsScreen
        let isSelected = index == own.index
        if isSelected { frame.canvas.fill(place, style: look[.selection]) }
        func style(_ role: Role) -> Style { isSelected ? look[.selection] : look[role] }
        let spans: [Span]
        switch own.tab {
        case .settings:
            let item = SettingItem.allCases[index]
            let value = item.value(state.settings)
            spans = [
                Span(padded(item.title, 16), style(.text)),
                Span(padded("\(look.glyphs.left) \(value) \(look.glyphs.right)", 24), style(.accent)),
                Span(item.help, style(.muted)),
            ]
        case .keys: spans = keySpans(state.keyRows[index], state, look, style)
        case .rules:
            let rule = rules(state)[index]
            spans = [Span(padded(rule.kind, 12), style(.secondary)), Span(rule.text, style(.text))]
        }
        frame.canvas.put(
            spans, at: Point(x: place.x + 1, y: place.y), maxWidth: place.width - 2, ellipsis: look.glyphs.ellipsis)
    }

    private static func keySpans(
        _ binding: KeyBinding, _ state: DashboardState, _ look: Look, _ style: (Role) -> Style
    ) -> [Span] {
        let isAwaited = state.settingsScreen.recording?.action == binding.action
        let keys = isAwaited ? words("press a key…") : binding.keys.map(KeyMap.display).joined(separator: " ")
        let problem = state.keyProblems(of: binding.action).first
        return [
            Span(padded(keys.isEmpty ? "-" : keys, 18), style(isAwaited ? .accent : .key)),
            Span(padded(words(for: binding.context.title), 14), style(.faint)),
            problem.map { Span($0.sentence, style(.error)) } ?? Span(words(for: binding.help), style(.text)),
            Span("  \(binding.action.rawValue)", style(.faint)),
        ]
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - SafeText.width(text)))
    }

    /// The rules that hold and the person's commands, one line each.
    static func rules(_ state: DashboardState) -> [(kind: String, text: String)] {
        let settings = state.settings
        var rules: [(kind: String, text: String)] = []
        for rule in settings.alerts {
            let what = rule.name == rule.condition.text ? rule.name : "\(rule.name): \(rule.condition.text)"
            rules.append((words("alert"), "\(what): \(rule.actions.map(\.text).joined(separator: ", "))"))
        }
        for highlight in settings.highlights {
            rules.append((words("highlight"), "\(highlight.pattern): \(highlight.role.rawValue)"))
        }
        for command in settings.commands {
            let key = command.key.map { " [\($0.name)]" } ?? ""
            rules.append((words("command"), "\(command.name)\(key): \(command.scope.rawValue)"))
        }
        for problem in settings.problems { rules.append((words("wrong"), problem)) }
        if rules.isEmpty {
            rules.append(("", words("there are none: alerts, highlights and commands in the configuration make some")))
        }
        return rules
    }
}
