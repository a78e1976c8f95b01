import Engine

/// Puts layers together into a tree.
struct FileTreeBuilder {
    private var nodes: [FileTree.Node] = [FileTree.Node(name: "", parent: 0, kind: .directory, change: .unchanged)]
    /// Children as they came, while the tree grows.
    private var firstChild: [Int32] = [-1]
    private var nextSibling: [Int32] = [-1]
    private var isGone: [Bool] = [false]
    private var byPath: [String: Int32] = [:]
    private var isCut = false
    /// Neighbours in a listing mostly share their directory.
    private var lastParent: (path: Substring, node: Int32) = ("", 0)

    private init() {}

    /// The tree of one layer, or, with `isSum`, of all layers up to it, with the marks of what this one does.
    /// `nil` when the task was cancelled meanwhile.
    static func tree(of image: ImageLayers, layer: Int, isSum: Bool) -> FileTree? {
        guard image.layers.indices.contains(layer) else { return FileTreeBuilder().finish() }
        var builder = FileTreeBuilder()
        for index in (isSum ? 0 : layer)...layer {
            for (number, file) in image.layers[index].files.enumerated() {
                if number & 4095 == 0, Task.isCancelled { return nil }
                if index == layer { builder.apply(file) } else { builder.lay(file) }
            }
        }
        return builder.finish()
    }

    // MARK: Names

    /// What a layer below leaves behind.
    private mutating func lay(_ file: LayerFile) {
        guard file.change == .removed else {
            var kept = file
            kept.change = .unchanged
            return put(kept)
        }
        if let node = byPath[file.path] { clear(Int(node), with: nil) }
    }

    /// What the layer in view does.
    private mutating func apply(_ file: LayerFile) {
        guard file.change == .removed else {
            // A directory on the way to something stays as the layers below have it.
            if file.change == .unchanged, let node = byPath[file.path], !isGone[Int(node)] { return }
            return put(file)
        }
        if let node = byPath[file.path], !isGone[Int(node)] {
            clear(Int(node), with: .removed)
        } else {
            put(file)
        }
    }

    private mutating func put(_ file: LayerFile) {
        guard let node = place(file.path[...]) else { return }
        bringBack(node)
        if file.kind != .directory, file.change != .removed {
            for child in below(node) { isGone[child] = true }
        }
        nodes[node].kind = file.kind
        nodes[node].change = file.change
        nodes[node].mode = file.mode
        nodes[node].uid = file.uid
        nodes[node].gid = file.gid
        // What a directory holds is summed up, but nothing of one that is removed is in its layer.
        let isSummedUp = file.kind == .directory && file.change != .removed
        nodes[node].size = isSummedUp ? 0 : max(0, file.size)
        nodes[node].target = file.target
    }

    /// What was gone is there again, since something is in it.
    private mutating func bringBack(_ node: Int) {
        var node = node
        while isGone[node] {
            isGone[node] = false
            node = Int(nodes[node].parent)
        }
    }

    /// Takes a name and all beneath it away, or marks them.
    private mutating func clear(_ node: Int, with change: LayerFile.Change?) {
        for other in [node] + below(node) where !isGone[other] {
            if let change { nodes[other].change = change } else { isGone[other] = true }
        }
    }

    private func below(_ node: Int) -> [Int] {
        var found: [Int] = []
        var waiting = [node]
        while let next = waiting.popLast() {
            var child = firstChild[next]
            while child >= 0 {
                found.append(Int(child))
                waiting.append(Int(child))
                child = nextSibling[Int(child)]
            }
        }
        return found
    }

    /// The node of a path, made with its directories when it is not there; `nil` for no name at all, or one too many.
    private mutating func place(_ path: Substring) -> Int? {
        if path.isEmpty { return nil }
        if let node = byPath[String(path)] { return Int(node) }
        var missing = [path]
        var parent: Int32 = 0
        var rest = path
        while let slash = rest.utf8.lastIndex(of: 0x2f) {
            rest = rest[..<slash]
            if rest == lastParent.path {
                parent = lastParent.node
                break
            }
            if let node = byPath[String(rest)] {
                parent = node
                lastParent = (rest, node)
                break
            }
            if !rest.isEmpty { missing.append(rest) }
        }
        bringBack(Int(parent))
        for path in missing.reversed() {
            guard nodes.count < FileTree.limit else {
                isCut = true
                return nil
            }
            parent = add(path, in: parent)
        }
        return Int(parent)
    }

    private mutating func add(_ path: Substring, in parent: Int32) -> Int32 {
        let node = Int32(nodes.count)
        let name = path.utf8.lastIndex(of: 0x2f).map { path[path.utf8.index(after: $0)...] } ?? path
        nodes.append(FileTree.Node(name: String(name), parent: parent, kind: .directory, change: .unchanged))
        isGone.append(false)
        firstChild.append(-1)
        nextSibling.append(firstChild[Int(parent)])
        firstChild[Int(parent)] = node
        byPath[String(path)] = node
        return node
    }

    // MARK: The end

    private consuming func finish() -> FileTree {
        sumUp()
        var nodes = nodes
        var order: [Int32] = []
        order.reserveCapacity(nodes.count)
        for node in nodes.indices {
            let start = order.count
            var child = firstChild[node]
            while child >= 0 {
                if !isGone[Int(child)] { order.append(child) }
                child = nextSibling[Int(child)]
            }
            nodes[node].firstChild = Int32(start)
            nodes[node].childCount = Int32(order.count - start)
            // They hang in reverse, and came mostly sorted.
            order[start...].reverse()
            if !Self.isSorted(order[start...], nodes) {
                order[start...].sort { nodes[Int($0)].name < nodes[Int($1)].name }
            }
            for place in start..<order.count { nodes[Int(order[place])].place = Int32(place) }
        }
        return FileTree(nodes: nodes, order: order, isCut: isCut)
    }

    private static func isSorted(_ order: ArraySlice<Int32>, _ nodes: [FileTree.Node]) -> Bool {
        zip(order, order.dropFirst()).allSatisfy { nodes[Int($0)].name < nodes[Int($1)].name }
    }

    /// Children stand behind their parents: one way back through all of them is enough.
    private mutating func sumUp() {
        for node in nodes.indices.reversed() {
            // Whatever is in what is gone has gone with it.
            if isGone[node] { continue }
            nodes[node].changes.formUnion(ChangeSet(nodes[node].change))
            let parent = Int(nodes[node].parent)
            guard node != 0, !isGone[parent] else { continue }
            nodes[parent].changes.formUnion(nodes[node].changes)
            if nodes[node].change != .removed || nodes[parent].change == .removed {
                nodes[parent].size = nodes[parent].size.addingReportingOverflow(nodes[node].size).partialValue
            }
        }
    }
}
