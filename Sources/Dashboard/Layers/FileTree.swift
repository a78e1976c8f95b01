import Engine

/// The names of a layer, or of what several layers make together, as a tree. Made once, off the thread that draws; walked
/// only where it is unfolded.
struct FileTree: Sendable {
    struct Node: Sendable {
        var name: String
        /// What it is in; the root is in itself.
        var parent: Int32
        var kind: LayerFile.Kind
        var change: LayerFile.Change
        /// What is done to it and to all that is in it.
        var changes: ChangeSet = []
        var mode: UInt16 = 0
        var uid: UInt32 = 0
        var gid: UInt32 = 0
        /// Bytes of it and of all that is in it; what is removed counts only in what is removed itself.
        var size: Int64 = 0
        var target: String?
        /// Where its children are in `order`.
        var firstChild: Int32 = 0
        var childCount: Int32 = 0
        /// Its own place in `order`.
        var place: Int32 = 0

        var isDirectory: Bool { kind == .directory || childCount > 0 }
    }

    /// The root first, each parent before its children.
    let nodes: [Node]
    /// The children of each node side by side, by name.
    let order: [Int32]
    /// There were more names than a tree holds.
    let isCut: Bool

    /// More names than any sensible image has.
    static let limit = 1_000_000

    /// How many names there are.
    var count: Int { order.count }

    func children(of node: Int) -> ArraySlice<Int32> {
        let first = Int(nodes[node].firstChild)
        return order[first..<first + Int(nodes[node].childCount)]
    }

    /// From the root, without a leading `/`.
    func path(of node: Int) -> String {
        var names: [String] = []
        var node = node
        while node != 0 {
            names.append(nodes[node].name)
            node = Int(nodes[node].parent)
        }
        return names.reversed().joined(separator: "/")
    }

    /// The node at a path; `nil` when there is none.
    func node(at path: String) -> Int? {
        var node = 0
        for name in path.split(separator: "/") {
            guard let child = children(of: node).first(where: { nodes[Int($0)].name == name }) else { return nil }
            node = Int(child)
        }
        return node
    }

    // MARK: From change to change

    /// The nearest change behind `node` (or before it) in the tree's order, round the ends; a directory that came or went
    /// as a whole is one change.
    func nextChange(from node: Int, direction: Int, where isShown: (Int) -> Bool) -> Int? {
        var other = node
        var isRound = false
        while true {
            guard let step = direction > 0 ? successor(of: other) : predecessor(of: other) else {
                guard !isRound else { return nil }
                isRound = true
                other = direction > 0 ? 0 : last(in: 0)
                if other != 0, isChange(other), isShown(other) { return other }
                continue
            }
            other = step
            if other != 0, isChange(other), isShown(other) { return other }
            if isRound, other == node { return nil }
        }
    }

    private func isChange(_ node: Int) -> Bool { nodes[node].change != .unchanged }

    /// Whether a change may lie beneath it that is one of its own.
    private func isEntered(_ node: Int) -> Bool {
        let it = nodes[node]
        guard it.childCount > 0, !it.changes.isDisjoint(with: .changes) else { return false }
        return it.change == .unchanged || it.change == .modified
    }

    private func successor(of node: Int) -> Int? {
        if isEntered(node), let first = children(of: node).first { return Int(first) }
        var node = node
        while node != 0 {
            let parent = nodes[node]
            let siblings = children(of: Int(parent.parent))
            let next = Int(parent.place) + 1
            if next < siblings.endIndex { return Int(order[next]) }
            node = Int(parent.parent)
        }
        return nil
    }

    private func predecessor(of node: Int) -> Int? {
        guard node != 0 else { return nil }
        let it = nodes[node]
        let siblings = children(of: Int(it.parent))
        let previous = Int(it.place) - 1
        guard previous >= siblings.startIndex else { return it.parent == 0 ? nil : Int(it.parent) }
        return last(in: Int(order[previous]))
    }

    private func last(in node: Int) -> Int {
        var node = node
        while isEntered(node), let last = children(of: node).last { node = Int(last) }
        return node
    }

    // MARK: By path

    /// Which nodes have `text` in their paths, or in a path beneath them, whatever the case of ASCII letters.
    func matches(_ text: String) -> [Bool] {
        let needle = text.utf8.map(ByteSearch.lower)
        var found = [Bool](repeating: false, count: nodes.count)
        guard !needle.isEmpty else { return found }
        // The end of each parent's path is all that a match across the `/` needs.
        var tails = [[UInt8]](repeating: [], count: nodes.count)
        for node in nodes.indices.dropFirst() {
            let parent = Int(nodes[node].parent)
            if found[parent] {
                found[node] = true
                continue
            }
            var path = tails[parent]
            if parent != 0 { path.append(0x2f) }
            path += nodes[node].name.utf8.lazy.map(ByteSearch.lower)
            found[node] = ByteSearch.first(needle, in: path, from: 0) != nil
            if nodes[node].childCount > 0 { tails[node] = Array(path.suffix(needle.count)) }
        }
        for node in nodes.indices.dropFirst().reversed() where found[node] { found[Int(nodes[node].parent)] = true }
        return found
    }
}
