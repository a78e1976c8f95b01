import Terminal

/// Chooses the columns of a table: which of them in which order, and how wide.
struct ColumnChooser: Sendable, Hashable {
    /// A line of it.
    struct Entry: Sendable, Hashable {
        var id: String
        var name: String
        var isShown: Bool
        /// What the person has set.
        var width: Int?
        /// It says what a row is: it stays where it is.
        var isFixed: Bool
    }

    private(set) var index = 0

    /// Every column, and behind them one for each label that rows have.
    static func entries<Row: Listed>(_ list: Listing<Row>) -> [Entry] {
        let first = Row.columns.list.first?.id
        var entries = list.settings.allColumns(of: Row.self).map {
            Entry(
                id: $0.column.id, name: words(for: $0.column.name), isShown: $0.isShown, width: $0.width,
                isFixed: $0.column.id == first)
        }
        let keys = Set(list.all.lazy.flatMap { $0.labels.keys }).sorted().prefix(labelLimit)
        for key in keys where !entries.contains(where: { $0.id == "label:\(key)" }) {
            entries.append(
                Entry(id: "label:\(key)", name: "Label \(key)", isShown: false, width: nil, isFixed: false))
        }
        return entries
    }

    private static let labelLimit = 60

    /// Does what a key asks for; `false` when it closes.
    mutating func press<Row: Listed>(_ key: Key, _ list: inout Listing<Row>) -> Bool {
        let entries = Self.entries(list)
        index = min(max(0, index), max(0, entries.count - 1))
        guard entries.indices.contains(index) else { return false }
        let entry = entries[index]
        switch key {
        case .escape, .enter, .control("c"), .character("q"), .character("o"): return false
        case .up, .character("k"): index = (index + entries.count - 1) % entries.count
        case .down, .character("j"): index = (index + 1) % entries.count
        case .home, .character("g"): index = 0
        case .end, .character("G"): index = entries.count - 1
        case .pageUp: index = max(0, index - 10)
        case .pageDown: index = min(entries.count - 1, index + 10)
        case .character(" "): toggle(entry, &list)
        case .character("K"), .shiftUp: move(entry, -1, &list)
        case .character("J"), .shiftDown: move(entry, 1, &list)
        case .character("<"), .character("-"), .left: resize(entry, -1, &list)
        case .character(">"), .character("+"), .right: resize(entry, 1, &list)
        case .character("="): set(&list) { $0.resize(entry.id, to: nil, for: Row.self) }
        case .character("s"): list.sort(by: entry.id)
        case .character("r"):
            set(&list) { $0.reset() }
            index = min(index, Self.entries(list).count - 1)
        default: break
        }
        return true
    }

    /// Puts the cursor on a line, and changes it.
    mutating func press<Row: Listed>(line: Int, _ list: inout Listing<Row>) {
        let entries = Self.entries(list)
        guard entries.indices.contains(line) else { return }
        index = line
        toggle(entries[line], &list)
    }

    private func set<Row: Listed>(_ list: inout Listing<Row>, _ change: (inout TableSettings) -> Void) {
        var settings = list.settings
        change(&settings)
        list.apply(settings)
    }

    private func toggle<Row: Listed>(_ entry: Entry, _ list: inout Listing<Row>) {
        guard !entry.isFixed else { return }
        set(&list) { settings in
            settings.fix(for: Row.self)
            if let place = settings.choices.firstIndex(where: { $0.column == entry.id }) {
                settings.choices[place].isShown.toggle()
            } else {
                settings.choices.append(TableSettings.Choice(column: entry.id, isShown: true))
            }
        }
    }

    private mutating func move<Row: Listed>(_ entry: Entry, _ step: Int, _ list: inout Listing<Row>) {
        var settings = list.settings
        settings.fix(for: Row.self)
        guard let place = settings.choices.firstIndex(where: { $0.column == entry.id }), place > 0,
            settings.choices.indices.contains(place + step), place + step > 0
        else { return }
        settings.choices.swapAt(place, place + step)
        list.apply(settings)
        index += step
    }

    private func resize<Row: Listed>(_ entry: Entry, _ step: Int, _ list: inout Listing<Row>) {
        let column: ListColumn<Row>? = list.settings.column(entry.id)
        guard let column else { return }
        let now = entry.width ?? column.tableColumn(length: list.length(of: entry.id), width: nil, isWide: true).minimum
        set(&list) { settings in
            if !settings.choices.contains(where: { $0.column == entry.id }), entry.id.hasPrefix("label:") {
                settings.choices.append(TableSettings.Choice(column: entry.id, isShown: true))
            }
            settings.resize(entry.id, to: now + step, for: Row.self)
        }
    }
}
