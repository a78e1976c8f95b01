import Engine

/// What of a tree is on the screen: which directories are unfolded, what is hidden, the rows that come of it, and the
/// one that is chosen.
struct FileRows: Sendable {
    struct Row: Sendable, Hashable {
        var node: Int32
        var depth: Int32
    }

    private(set) var tree: FileTree?
    /// Nodes that a path filter leaves; `nil` leaves all.
    private var matches: [Bool]?
    private(set) var shown = ChangeSet.all
    private(set) var rows: [Row] = []
    private(set) var index = 0
    private(set) var scroll = 0
    /// How directories are when nobody has touched them; `nil` is open in small trees.
    private var opensAll: Bool?
    /// The directories that were touched, by path, so that the next layer's tree is unfolded in the same way.
    private var touched: Set<String> = []
    private var touchedNodes: Set<Int32> = []

    /// Trees with at most so many names begin unfolded.
    private static let small = 100

    private var isOpenByDefault: Bool { matches != nil || (opensAll ?? ((tree?.count ?? 0) <= Self.small)) }

    var selected: Int? { rows.indices.contains(index) ? Int(rows[index].node) : nil }

    /// Another tree, or another filter on it; the chosen path stays chosen where it is still there.
    mutating func replace(_ tree: FileTree, matches: [Bool]?) {
        let path = selected.flatMap { self.tree?.path(of: $0) }
        self.tree = tree
        self.matches = matches
        touchedNodes = Set(touched.compactMap { tree.node(at: $0).map(Int32.init) })
        flatten()
        if let node = path.flatMap(tree.node), let place = rows.firstIndex(where: { Int($0.node) == node }) {
            index = place
        }
    }

    mutating func clear() { self = FileRows(shown: shown) }

    init(shown: ChangeSet = .all) { self.shown = shown }

    func isShown(_ node: Int) -> Bool {
        guard let tree else { return false }
        return !tree.nodes[node].changes.isDisjoint(with: shown) && matches?[node] != false
    }

    func isOpen(_ node: Int) -> Bool { isOpenByDefault != touchedNodes.contains(Int32(node)) }

    private mutating func flatten() {
        rows.removeAll(keepingCapacity: true)
        guard let tree else { return }
        // All of this is looked up a hundred thousand times when a large tree is unfolded at once.
        let (shown, matches, isOpenByDefault, touchedNodes) = (shown, matches, isOpenByDefault, touchedNodes)
        var found: [Row] = []
        swap(&found, &rows)
        tree.nodes.withUnsafeBufferPointer { nodes in
            var levels = [tree.children(of: 0)]
            while let last = levels.indices.last {
                guard let child = levels[last].popFirst() else {
                    levels.removeLast()
                    continue
                }
                let index = Int(child)
                if nodes[index].changes.isDisjoint(with: shown) || matches?[index] == false { continue }
                found.append(Row(node: child, depth: Int32(last)))
                guard nodes[index].childCount > 0 else { continue }
                if isOpenByDefault != touchedNodes.contains(child) { levels.append(tree.children(of: index)) }
            }
        }
        swap(&found, &rows)
        select(index)
    }

    // MARK: Moving

    mutating func select(_ wanted: Int) { index = min(max(0, wanted), max(0, rows.count - 1)) }

    mutating func move(_ step: Int) {
        select(ScrollMath.moved(index, by: step))
    }

    mutating func keepVisible(_ height: Int) {
        scroll = ScrollMath.keeping(index, in: height, of: rows.count, scroll: scroll)
    }

    /// Goes to the nearest change; unfolds what it is in. Answers whether there is one.
    mutating func goToChange(_ direction: Int) -> Bool {
        guard let tree, let next = tree.nextChange(from: selected ?? 0, direction: direction, where: isShown) else {
            return false
        }
        var parent = Int(tree.nodes[next].parent)
        var isMoved = false
        while parent != 0 {
            if !isOpen(parent) {
                touch(parent)
                isMoved = true
            }
            parent = Int(tree.nodes[parent].parent)
        }
        if isMoved { flatten() }
        if let place = rows.firstIndex(where: { Int($0.node) == next }) { index = place }
        return true
    }

    // MARK: Folding

    private mutating func touch(_ node: Int) {
        guard let tree else { return }
        let path = tree.path(of: node)
        if touchedNodes.remove(Int32(node)) == nil { touchedNodes.insert(Int32(node)) }
        if touched.remove(path) == nil { touched.insert(path) }
    }

    private func isDirectory(_ place: Int) -> Bool {
        guard let tree, rows.indices.contains(place) else { return false }
        return tree.nodes[Int(rows[place].node)].childCount > 0
    }

    /// Folds or unfolds the directory in a row.
    mutating func toggle(_ place: Int) {
        guard isDirectory(place) else { return }
        // The way of small trees becomes a way of its own: the next tree may be a large one.
        if matches == nil { opensAll = isOpenByDefault }
        touch(Int(rows[place].node))
        flatten()
    }

    mutating func unfold() {
        guard let selected, isDirectory(index) else { return }
        if !isOpen(selected) { return toggle(index) }
        move(1)
    }

    /// Folds the chosen directory, or goes to the one that the chosen name is in.
    mutating func fold() {
        guard let tree, let selected else { return }
        if isDirectory(index), isOpen(selected) { return toggle(index) }
        let parent = tree.nodes[selected].parent
        if parent != 0, let place = rows.firstIndex(where: { $0.node == parent }) { index = place }
    }

    /// All directories folded, or, when they are, all unfolded.
    mutating func toggleAll() {
        guard let tree else { return }
        let isAnyOpen = rows.contains { tree.nodes[Int($0.node)].childCount > 0 && isOpen(Int($0.node)) }
        let top = rows.indices.contains(index) ? topmost(Int(rows[index].node), in: tree) : 0
        opensAll = !isAnyOpen
        touched = []
        touchedNodes = []
        flatten()
        if isAnyOpen, let place = rows.firstIndex(where: { Int($0.node) == top }) { index = place }
    }

    private func topmost(_ node: Int, in tree: FileTree) -> Int {
        var node = node
        while tree.nodes[node].parent != 0 { node = Int(tree.nodes[node].parent) }
        return node
    }

    /// Hides or shows a kind of change.
    mutating func toggle(_ kind: ChangeSet) {
        let chosen = selected
        shown.formSymmetricDifference(kind)
        flatten()
        if let chosen, let place = rows.firstIndex(where: { Int($0.node) == chosen }) { index = place }
    }
}
