import Engine
import Terminal

/// The builds of this dashboard, the newest last: one at a time, and some that are over.
struct BuildsState: Sendable {
    private(set) var all: [BuildRun] = []
    private var lastID = 0
    private var shownID = 0
    private(set) var selected = BuildRow.summary
    /// The cursor goes along with what runs.
    var isFollowing = true
    var scroll = 0
    var text = BuildTextView()
    /// What the runner was told is on the screen.
    var watched: BuildWatch?
    /// What was filled in last, to begin the next form with.
    var form = BuildForm()

    /// So many are remembered.
    static let most = 5

    /// The one that is on the screen.
    var shown: BuildRun? { all.first { $0.id == shownID } }
    var running: BuildRun? { all.first(where: \.isRunning) }
    /// A failed one whose step is kept.
    var held: BuildRun? { all.first { $0.failure != nil } }
    /// The place of the cursor.
    var index: Int { shown?.rows.firstIndex(of: selected) ?? 0 }
    /// Where the shown one stands among all.
    var place: Int { all.firstIndex { $0.id == shownID } ?? 0 }

    /// Begins another one; answers its number and those that are forgotten for it.
    mutating func begin(_ form: BuildForm, at now: Timestamp) -> (id: Int, forgotten: [Int]) {
        lastID += 1
        self.form = form
        all.append(BuildRun(id: lastID, form: form, began: now))
        let forgotten = all.dropLast(Self.most).map(\.id)
        all.removeFirst(forgotten.count)
        show(lastID)
        return (lastID, forgotten)
    }

    mutating func change(_ id: Int, _ body: (inout BuildRun) -> Void) {
        guard let place = all.firstIndex(where: { $0.id == id }) else { return }
        body(&all[place])
        guard id == shownID else { return }
        if isFollowing, let row = all[place].mostInteresting, !keeps(all[place]) { choose(row) }
        if !all[place].rows.contains(selected) { choose(.summary) }
        text.refresh(all[place], selected)
    }

    /// Of several steps that run the cursor stays at the one where it is.
    private func keeps(_ build: BuildRun) -> Bool {
        guard case .step(let id) = selected, build.isRunning else { return false }
        return build.step(id)?.runsSince != nil && !build.report.steps.contains(where: \.hasFailed)
    }

    mutating func forget(_ id: Int) {
        all.removeAll { $0.id == id }
        if id == shownID, let last = all.last { show(last.id) }
    }

    mutating func show(_ id: Int) {
        shownID = id
        scroll = 0
        isFollowing = true
        selected = .summary
        guard let build = shown else { return }
        selected = build.mostInteresting ?? .summary
        text = BuildTextView(wraps: text.wraps)
        text.refresh(build, selected)
    }

    /// Shows the build before or after.
    mutating func step(_ direction: Int) {
        guard all.count > 1 else { return }
        show(all[((place + direction) % all.count + all.count) % all.count].id)
    }

    // MARK: The cursor

    /// Puts the cursor on a row because a person wants it there.
    mutating func select(_ row: BuildRow) {
        guard row.isSelectable, shown?.rows.contains(row) == true else { return }
        isFollowing = false
        choose(row)
    }

    /// Moves the cursor over rows where it can stand.
    mutating func move(_ step: Int) {
        guard let build = shown else { return }
        let places = build.rows.indices.filter { build.rows[$0].isSelectable }
        guard let now = places.firstIndex(of: index) ?? places.indices.first else { return }
        select(build.rows[places[min(max(0, ScrollMath.moved(now, by: step)), places.count - 1)]])
    }

    mutating func follow() {
        isFollowing = true
        if let build = shown, let row = build.mostInteresting { choose(row) }
    }

    private mutating func choose(_ row: BuildRow) {
        guard row != selected, let build = shown else { return }
        selected = row
        text = BuildTextView(wraps: text.wraps, search: text.search?.text)
        text.refresh(build, row)
    }

    mutating func keepVisible(_ height: Int) {
        scroll = ScrollMath.keeping(index, in: height, of: shown?.rows.count ?? 0, scroll: scroll)
    }
}
