import Engine
import Terminal

extension Pane {
    static let diskUsage = Pane("disk-usage")
}

extension ViewName {
    static let diskUsage = ViewName("disk-usage")
}

extension KeyContext {
    static let diskUsage = KeyContext("disk-usage", "Disk usage")
}

extension Action {
    static let diskUsage = Action("disk-usage")
    static let usageCount = Action("usage-count")
    static let usageCancel = Action("usage-cancel")
    static let usageOrder = Action("usage-order")
    static let usagePrune = Action("usage-prune")
}

/// What the disk usage knows.
struct DiskUsageState: PaneState {
    var rows = UsageRows()
    var isLoaded = false
    /// Counting, and how far that is.
    var isCounting = false
    var progress: DiskUsageProgress?
    var failure: EngineError?
    var wasCancelled = false
    var countedAt: Timestamp?
    /// Something is being removed.
    var isPruning = false

    init() {}
}

/// What images, containers, volumes and the build cache take on the disk.
enum DiskUsagePane: PaneKind {
    typealias State = DiskUsageState

    static let pane = Pane.diskUsage
    static let title = "Disk usage"
    static let contexts: [KeyContext] = [.diskUsage, .everywhere]
    static let views = [ViewDefinition(.diskUsage, "Disk usage", short: "Disk", tab: .volumes, .diskUsage)]
    static let opening = [KeyBinding(.diskUsage, .everywhere, ["0"], "disk usage: what takes how much")]
    static let bindings = [
        KeyBinding(
            .usagePrune, .diskUsage, ["P"], "remove what nobody uses of this kind: tells first what would go",
            hint: "prune"),
        KeyBinding(.usageCount, .diskUsage, ["r"], "count again", hint: "count"),
        KeyBinding(.usageCancel, .diskUsage, ["ctrl-x"], "stop counting", hint: "stop"),
        KeyBinding(.usageOrder, .diskUsage, ["O"], "by size or by name", hint: "order"),
    ]
    static let menu: [Action] = [.open, .usagePrune, .usageCount, .usageCancel, .usageOrder]

    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let own = state[DiskUsagePane.self]
        var trailing: [Span] = []
        if own.isCounting {
            trailing.append(Span("\(words("counting \(word(own.progress))")) ", look[.info]))
        } else if own.isPruning {
            trailing.append(Span("\(words("removing")) ", look[.warning]))
        } else if let moment = own.countedAt {
            trailing.append(
                Span(
                    "\(words("\(Format.compactDuration(seconds: Format.age(of: moment, now: state.now))) old")) ",
                    look[.faint]))
        }
        if own.isLoaded { trailing.append(Span(Format.decimalBytes(Double(own.rows.total)), look[.accent])) }
        let inside = frame.pane(
            rect, title: [Span(words("Disk usage"), look[.title])], trailing: trailing, isFocused: state.focus == pane,
            look: look)
        guard own.isLoaded else { return drawWaiting(own, in: inside, state, &frame, look) }
        let largest = own.rows.largest
        RowList(
            pane: pane, count: own.rows.rows.count, index: own.rows.index, scroll: own.rows.scroll,
            isFocused: state.focus == pane
        ).draw(in: inside, &frame, look) { place, width in
            line(own.rows.rows[place], own.rows, largest, width, look)
        }
    }

    private static func word(_ progress: DiskUsageProgress?) -> String {
        guard let progress, progress.total > 0 else { return "" }
        return "\(progress.done)/\(progress.total)"
    }

    private static func drawWaiting(
        _ own: DiskUsageState, in rect: Rect, _ state: DashboardState, _ frame: inout Frame, _ look: Look
    ) {
        var phrases = [words("counting what is on the disk"), words("^X stops it")]
        if let failure = own.failure {
            phrases = ["\(failure)", words("r tries again")]
        } else if own.wasCancelled {
            phrases = [words("not counted"), words("r counts")]
        } else if let progress = own.progress, !progress.present.isEmpty {
            phrases[1] = words("\(progress.present), \(word(progress)); ^X stops it")
        }
        frame.emptiness(phrases, in: rect, seed: 7, now: state.now, look: look)
        guard own.isCounting, let progress = own.progress, progress.total > 0, rect.height > 4 else { return }
        let bar = Rect(x: rect.x + rect.width / 4, y: rect.y + rect.height / 2 + 2, width: rect.width / 2, height: 1)
        Meter(Double(progress.done) / Double(progress.total), gradient: look.theme[.memory])
            .draw(on: &frame.canvas, in: bar, look: look)
    }

    private static func line(
        _ row: UsageRows.Row, _ rows: UsageRows, _ largest: Int64, _ width: Int, _ look: Look
    ) -> [Span] {
        func size(_ bytes: Int64?) -> String { bytes.map { Format.decimalBytes(Double(max(0, $0))) } ?? "?" }
        switch row {
        case .heading(let kind):
            let items = rows.items[kind] ?? []
            let used = items.reduce(0) { $0 + ($1.isUsed ? 1 : 0) }
            let free = rows.reclaimable[kind] ?? 0
            var spans = [
                Span(RowList.foldSign(!rows.folded.contains(kind), look) + " ", look[.secondary]),
                Span(RowList.cell(kind.title, 12), look[.title]),
                Span(RowList.cell(size(rows.totals[kind]), 9, trailing: true), look[.accent]),
            ]
            if width >= 50 {
                spans.append(Span("  \(words("\(items.count), \(used) in use"))", look[.muted]))
            }
            if free > 0 { spans.append(Span("  \(words("\(size(free)) can go"))", look[.warning])) }
            return spans
        case .item:
            guard let item = rows.item(row) else { return [] }
            let bytes = item.taken
            let bar = max(6, min(24, width / 6))
            let filled = bytes <= 0 ? 0 : max(1, Int((Double(bytes) / Double(largest) * Double(bar)).rounded()))
            let name = max(10, width - bar - 11 - 22 - 4)
            var spans = [
                Span("  "), Span(RowList.cell(item.name, name) + " ", look[item.isUsed ? .text : .muted]),
                Span(RowList.cell(item.bytes == nil ? "?" : size(bytes), 9, trailing: true) + " ", look[.text]),
                Span(String(repeating: Character(look.glyphs.full), count: min(bar, filled)), look[.accent]),
                Span(String(repeating: Character(look.glyphs.empty), count: max(0, bar - filled)), look[.track]),
            ]
            let shared = item.shared > 0 ? words(", \(size(item.shared)) shared") : ""
            spans.append(Span(" \(item.remark)\(shared)", look[item.isUsed ? .muted : .warning]))
            return spans
        }
    }

    static func height(_ state: DashboardState, _ rect: Rect) -> Int { max(1, rect.height - 2) }

    static func offers(_ action: Action, _ state: DashboardState) -> Bool {
        action != .usageCancel || state[DiskUsagePane.self].isCounting
    }

    // MARK: What a person does

    static func act(_ action: Action, _ state: inout DashboardState) -> [Effect]? {
        if action == .diskUsage {
            state.open(.diskUsage)
            return []
        }
        guard state.focus == pane else { return nil }
        switch action {
        case .usageCount: return count(&state)
        case .usageCancel: return cancel(&state)
        case .usageOrder: state[DiskUsagePane.self].rows.toggleOrder()
        case .usagePrune: askPrune(&state)
        default: return nil
        }
        return []
    }

    private static func count(_ state: inout DashboardState) -> [Effect] {
        state[DiskUsagePane.self].isCounting = true
        state[DiskUsagePane.self].wasCancelled = false
        state[DiskUsagePane.self].progress = nil
        state[DiskUsagePane.self].failure = nil
        return [.errand(pane, CountUsage())]
    }

    private static func cancel(_ state: inout DashboardState) -> [Effect] {
        guard state[DiskUsagePane.self].isCounting else {
            state.tell(.information, words("nothing is being counted"))
            return []
        }
        state[DiskUsagePane.self].isCounting = false
        state[DiskUsagePane.self].wasCancelled = true
        state.tell(.information, words("counting is stopped"))
        return [.endErrand(pane, slot: CountUsage.place)]
    }

    private static func askPrune(_ state: inout DashboardState) {
        guard let kind = state[DiskUsagePane.self].rows.selected?.kind else { return }
        guard !state.refuseIfReadOnly(words("remove \(kind.title.lowercased())")) else { return }
        let rows = state[DiskUsagePane.self].rows
        let (few, all) = (rows.prunable(kind, all: false), rows.prunable(kind, all: true))
        guard !all.isEmpty else {
            return state.tell(.information, words("\(kind.title.lowercased()): everything is in use"))
        }
        func sum(_ items: [UsageRows.Item]) -> String {
            words("at most \(Format.decimalBytes(Double(items.map { max(0, $0.bytes ?? 0) }.sumClamped())))")
        }
        func item(_ items: [UsageRows.Item], _ label: String, all: Bool) -> ChoiceDialog.Item {
            ChoiceDialog.Item(
                label: label, note: sum(items),
                choice: .tell(
                    pane, PaneWord(PruneUsage(kind: kind, references: items.map(\.reference), all: all))),
                isDangerous: true)
        }
        var items = [ChoiceDialog.Item(label: words("Cancel"), choice: .cancel)]
        if few.count < all.count, !few.isEmpty {
            let label =
                kind == .images
                ? words("Remove \(few.count) without a name") : words("Remove \(few.count) anonymous")
            items.append(item(few, label, all: false))
        }
        items.append(
            item(
                all, all.count == 1 ? words("Remove it") : words("Remove all \(all.count) that nobody uses"), all: true)
        )
        let names = all.prefix(12).map { item in
            let mark = few.count < all.count && !few.contains(item) ? "  \(words("(all only)"))" : ""
            return "\(RowList.cell(item.name, 44)) \(Format.decimalBytes(Double(max(0, item.bytes ?? 0))))\(mark)"
        }
        let more = all.count > 12 ? [words("and \(all.count - 12) more")] : []
        state.dialog = ChoiceDialog(
            kind: .list, title: words("Remove \(kind.title.lowercased()) that nobody uses?"), text: names + more,
            items: items)
    }

    static func hear(_ word: PaneWord, _ state: inout DashboardState) -> [Effect] {
        guard let errand = word.value as? PruneUsage, !state.refuseIfReadOnly(words("remove anything")) else {
            return []
        }
        state[DiskUsagePane.self].isPruning = true
        return [.errand(pane, errand)]
    }

    static func move(_ step: Int, _ state: inout DashboardState) -> [Effect] {
        state[DiskUsagePane.self].rows.move(step)
        return []
    }

    static func jump(_ edge: Edge, _ state: inout DashboardState) -> [Effect] {
        state[DiskUsagePane.self].rows.select(edge == .top ? 0 : .max)
        return []
    }

    static func scroll(_ step: Int, _ state: inout DashboardState) -> [Effect] { move(step, &state) }

    static func back(_ state: inout DashboardState) -> Bool { false }

    static func open(_ state: inout DashboardState) -> [Effect] {
        let rows = state[DiskUsagePane.self].rows
        guard let row = rows.selected else { return [] }
        guard let item = rows.item(row) else {
            state[DiskUsagePane.self].rows.toggleFold(row.kind)
            return []
        }
        switch row.kind {
        case .containers:
            state.list.reveal(ContainerID(rawValue: item.reference))
            state.open(.containers)
        case .images:
            state.imageList.select(ImageID(rawValue: item.reference))
            state.open(.images)
        case .volumes:
            state.volumes.select(item.reference)
            state.open(.volumes)
        case .buildCache: state.tell(.information, item.name)
        }
        return []
    }

    static func press(_ spot: Spot, isDouble: Bool, _ state: inout DashboardState) -> [Effect] {
        state.focus = pane
        guard case .place(let place) = spot else { return [] }
        state[DiskUsagePane.self].rows.select(place)
        return isDouble ? open(&state) : []
    }

    // MARK: What comes back

    static func receive(_ answer: any Sendable, _ state: inout DashboardState) -> [Effect] {
        switch answer {
        case let progress as DiskUsageProgress:
            if state[DiskUsagePane.self].isCounting { state[DiskUsagePane.self].progress = progress }
        case let counted as CountUsage.Answer:
            state[DiskUsagePane.self].isCounting = false
            switch counted.result {
            case .success(let usage):
                state[DiskUsagePane.self].rows.take(usage)
                state[DiskUsagePane.self].isLoaded = true
                state[DiskUsagePane.self].countedAt = state.now
            case .failure(let error):
                state[DiskUsagePane.self].failure = error
                if state[DiskUsagePane.self].isLoaded { state.tell(.failure, words("cannot count: \(error)")) }
            }
        case let pruned as PruneUsage.Answer:
            state[DiskUsagePane.self].isPruning = false
            if let failure = pruned.error {
                state.tell(.failure, words("removed \(pruned.removed), \(pruned.failed) stay: \(failure)"))
            } else {
                state.tell(
                    .success,
                    words("removed \(Format.count(pruned.removed, "thing")) of \(pruned.kind.title.lowercased())"))
            }
            return count(&state) + [.loadContainers, .loadImages, .loadVolumes]
        default: break
        }
        return []
    }

    static func settle(_ rect: Rect?, _ state: inout DashboardState) -> [Effect] {
        guard let rect else { return [] }
        state[DiskUsagePane.self].rows.keepVisible(height(state, rect))
        let own = state[DiskUsagePane.self]
        guard !own.isLoaded, !own.isCounting, own.failure == nil, !own.wasCancelled else { return [] }
        return count(&state)
    }
}
