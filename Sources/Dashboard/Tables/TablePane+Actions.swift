import Terminal

extension TablePane {
    /// What every table can do, while it has the focus or nobody else wants it.
    static func actOnTable(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        switch action {
        case .mark:
            state[keyPath: listing].toggleMark()
            return move(1, &state)
        case .markAll: state[keyPath: listing].markAll()
        case .unmark: state[keyPath: listing].unmark()
        case .markUp: state[keyPath: listing].extend(-1)
        case .markDown: state[keyPath: listing].extend(1)
        case .markRange: toggleRange(&state)
        case .showStopped: toggleIdle(&state)
        case .sort: askSort(&state)
        case .columns: state.chooser = TableChooser(pane: pane)
        case .wide: toggle(\.isWide, words("every column"), words("the chosen columns"), &state)
        case .group: toggle(\.isGrouped, words("grouped by compose project"), words("not grouped"), &state)
        case .bulk: askBulk(&state)
        default:
            guard let column = shortcuts.first(where: { $0.action == action })?.column else { return nil }
            state[keyPath: listing].sort(by: column)
        }
        return []
    }

    private static func toggleRange(_ state: inout DashboardState) {
        state[keyPath: listing].toggleRange()
        let isHeld = state[keyPath: listing].range != nil
        let key = state.keys.key(for: .markRange).map(KeyMap.display) ?? words("the same again")
        state.tell(.information, isHeld ? words("every step marks now; \(key) ends it") : words("the range is marked"))
    }

    private static func toggleIdle(_ state: inout DashboardState) {
        state[keyPath: listing].toggleIdle()
        let shows = state[keyPath: listing].showsIdle
        let only = Row.noun == "container" ? words("showing only what runs") : words("showing only what is in use")
        state.tell(.information, shows ? words("showing all \(Row.nouns)") : only)
    }

    private static func toggle(
        _ flag: WritableKeyPath<TableSettings, Bool>, _ on: String, _ off: String, _ state: inout DashboardState
    ) {
        var settings = state[keyPath: listing].settings
        settings[keyPath: flag].toggle()
        state[keyPath: listing].apply(settings)
        state[keyPath: listing].skippedColumns = 0
        state.tell(.information, settings[keyPath: flag] ? on : off)
    }

    // MARK: Sorting

    private static func askSort(_ state: inout DashboardState) {
        let list = state[keyPath: listing]
        let columns = list.settings.allColumns(of: Row.self).map(\.column).filter { $0.names.first != "-" }
        let items = columns.map { column in
            let action = shortcuts.first { $0.column == column.id }?.action
            let key = action.flatMap { state.keys.key(for: $0) }.map(KeyMap.display) ?? ""
            return ChoiceDialog.Item(
                label: words(for: column.name), note: key, choice: .tell(pane, PaneWord(TableWord.sort(column.id))))
        }
        state.dialog = ChoiceDialog(
            kind: .list, title: words("Sort by"), items: items,
            selected: columns.firstIndex { $0.id == list.sortOrder.column } ?? 0)
    }

    // MARK: Many at once

    /// What is in view, where a filter narrows it; else all.
    static func scope(_ state: DashboardState) -> [Row] {
        let list = state[keyPath: listing]
        return list.filter.isEmpty ? list.all : Array(list.rows)
    }

    private static func askBulk(_ state: inout DashboardState) {
        let list = state[keyPath: listing]
        let choices = bulk(state).filter { !$0.names.isEmpty }
        guard !choices.isEmpty else {
            return state.tell(
                .information, words("there is nothing here that could be done to many \(Row.nouns) at once"))
        }
        let items = choices.map {
            ChoiceDialog.Item(
                label: $0.label, note: "\($0.names.count)", choice: .tell(pane, PaneWord(TableWord.bulk($0))),
                isDangerous: !$0.loss.isEmpty)
        }
        state.dialog = ChoiceDialog(
            kind: .list, title: words("Many \(Row.nouns) at once"),
            text: list.filter.isEmpty ? [] : [words("Of those that match \(list.filter.text).")],
            items: [ChoiceDialog.Item(label: words("Cancel"), choice: .cancel)] + items)
    }

    static func confirm(_ choice: BulkChoice, _ state: inout DashboardState) {
        let item = ChoiceDialog.Item(
            label: choice.verb, choice: .tell(pane, PaneWord(TableWord.confirmed(choice))),
            isDangerous: !choice.loss.isEmpty)
        state.dialog = .question(
            "\(choice.verb) \(Format.count(choice.names.count, Row.noun))?",
            [choice.list] + (choice.loss.isEmpty ? [] : [choice.loss]), [item])
    }
}
