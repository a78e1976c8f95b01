import Engine
import Terminal

/// The files of the chosen layer, or of all up to it, as a tree to unfold.
enum FilesPane {
    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let layers = state.layers
        let isFocused = state.focus == .files
        let what =
            layers.layers.isEmpty
            ? ""
            : layers.isSum ? words("up to layer \(layers.layer + 1)") : words("of layer \(layers.layer + 1)")
        let inside = frame.pane(
            rect, title: [Span("\(words("Files")) ", look[.title]), Span(what, look[.secondary])],
            trailing: flags(layers, look),
            isFocused: isFocused, look: look)
        let files = layers.files
        guard let tree = files.tree, !files.rows.isEmpty else {
            frame.emptiness(emptyWords(layers), in: inside, seed: 19, now: state.now, look: look)
            return
        }
        let hasBar = files.rows.count > inside.height
        let room = hasBar ? inside.splitRight(1).rest : inside
        for line in 0..<room.height {
            let place = files.scroll + line
            guard files.rows.indices.contains(place) else { break }
            let row = room.row(line)
            draw(place, tree, files, in: row, isFocused: isFocused, &frame, look)
        }
        if hasBar {
            Scrollbar(offset: files.scroll, visible: inside.height, count: files.rows.count).draw(
                on: &frame.canvas, in: inside.splitRight(1).right, look: look)
        }
    }

    private static func flags(_ layers: LayersState, _ look: Look) -> [Span] {
        var phrases: [Span] = []
        func add(_ text: String, _ style: Style) {
            if !phrases.isEmpty { phrases.append(Span(" \(look.glyphs.separator) ", look[.faint])) }
            phrases.append(Span(text, style))
        }
        if layers.isPreparing { add(words("reading"), look[.info]) }
        if layers.files.tree?.isCut == true { add(words("not all names"), look[.warning]) }
        if !layers.filter.isEmpty { add("/\(layers.filter)", look[.tertiary]) }
        let hidden = ChangeSet.names.filter { !layers.files.shown.contains($0.set) }.map { words(for: $0.name) }
        if !hidden.isEmpty { add(words("without \(hidden.joined(separator: ", "))"), look[.warning]) }
        return phrases
    }

    private static func emptyWords(_ layers: LayersState) -> [String] {
        switch layers.phase {
        case .failed: return [words("nothing to show")]
        case .idle, .loading: return [words("reading all files of the image"), words("a large one takes a moment")]
        case .loaded: break
        }
        guard let tree = layers.files.tree else {
            return [layers.isPreparing ? words("reading") : words("nothing to show")]
        }
        if tree.count == 0 { return [words("the layer has no files")] }
        if !layers.filter.isEmpty { return [words("no path has \(layers.filter) in it"), words("Esc shows all")] }
        return [words("all of it is hidden"), words("the keys a, r, m and u show it again")]
    }

    private static func draw(
        _ place: Int, _ tree: FileTree, _ files: FileRows, in row: Rect, isFocused: Bool, _ frame: inout Frame,
        _ look: Look
    ) {
        let entry = files.rows[place]
        let node = tree.nodes[Int(entry.node)]
        let isSelected = place == files.index
        let selection = look[.selection]
        frame.hit(row, .spot(.files, .place(place)))
        if isSelected {
            if isFocused { frame.canvas.tint(row, selection.background) }
            let style = isFocused ? look[.accent].on(selection.background) : look[.muted]
            frame.canvas.set(look.glyphs.pointer, at: row.origin, style: style)
        }
        let facts = facts(node, width: row.width, look)
        var x = row.x + 1
        x += frame.canvas.put(facts, at: Point(x: x, y: row.y), maxWidth: row.right - x)
        // A path of a thousand directories leaves room for its name.
        x += min(Int(entry.depth) * 2, max(0, row.width / 2))
        guard x < row.right - 3 else { return }
        if node.childCount > 0 {
            let open = files.isOpen(Int(entry.node))
            let sign: Unicode.Scalar = look.glyphs.isASCII ? (open ? "-" : "+") : (open ? "▾" : "▸")
            frame.canvas.set(sign, at: Point(x: x, y: row.y), style: look[.secondary])
            frame.hit(Rect(x: x, y: row.y, width: 2, height: 1), .spot(.files, .fold(place)))
        }
        frame.canvas.put(
            name(node, look), at: Point(x: x + 2, y: row.y), maxWidth: row.right - x - 2,
            ellipsis: look.glyphs.ellipsis)
        if isSelected, isFocused {
            frame.canvas.restyle(row) { $0.attributes.formUnion(selection.attributes) }
        }
    }

    /// The mark, and what there is room for: permissions, owner, size.
    private static func facts(_ node: FileTree.Node, width: Int, _ look: Look) -> [Span] {
        var spans = [Span("\(sign(node, look)) ", style(node.change, look))]
        if width >= 70 {
            spans.append(Span("\(permissions(node)) ", look[.faint]))
            let owner = "\(node.uid):\(node.gid)"
            let gap = String(repeating: " ", count: max(0, 9 - owner.utf8.count))
            spans.append(Span("\(gap)\(owner) ", look[.faint]))
        }
        if width >= 40 {
            let size = node.kind == .file || node.isDirectory ? Format.decimalBytes(Double(node.size)) : "-"
            let gap = String(repeating: " ", count: max(0, 7 - size.utf8.count))
            spans.append(Span("\(gap)\(size)  ", look[node.size == 0 ? .faint : .muted]))
        }
        return spans
    }

    /// `A`, `C` or `D` as docker's diff marks names; a dot where something beneath has changed.
    private static func sign(_ node: FileTree.Node, _ look: Look) -> String {
        switch node.change {
        case .added: "A"
        case .modified: "C"
        case .removed: "D"
        case .unchanged: node.changes.isDisjoint(with: .changes) ? " " : look.glyphs.isASCII ? "." : "·"
        }
    }

    static func style(_ change: LayerFile.Change, _ look: Look) -> Style {
        switch change {
        case .added: look[.ok]
        case .modified: look[.warning]
        case .removed: look[.error]
        case .unchanged: look[.text]
        }
    }

    private static func name(_ node: FileTree.Node, _ look: Look) -> [Span] {
        let style = style(node.change, look)
        var spans = [Span(node.name, style)]
        switch node.kind {
        case .directory: spans.append(Span("/", look[.faint]))
        case .symbolicLink:
            spans.append(Span(" \(NetworkText.arrow(look)) \(node.target ?? "")", look[.faint]))
        case .characterDevice, .blockDevice, .fifo, .socket: spans.append(Span(" \(node.kind.phrase)", look[.faint]))
        case .file: break
        }
        return spans
    }

    /// As ls(1) shows them: `drwxr-xr-x`, `-rwsr-xr-x`.
    static func permissions(_ node: FileTree.Node) -> String {
        let kinds: [LayerFile.Kind: Character] = [
            .directory: "d", .symbolicLink: "l", .characterDevice: "c", .blockDevice: "b", .fifo: "p", .socket: "s",
        ]
        var text = String(kinds[node.kind] ?? "-")
        for (shift, special, mark) in [(6, 0o4000, "s"), (3, 0o2000, "s"), (0, 0o1000, "t")] {
            let bits = Int(node.mode) >> shift
            text += bits & 4 != 0 ? "r" : "-"
            text += bits & 2 != 0 ? "w" : "-"
            let isSpecial = Int(node.mode) & special != 0
            if isSpecial { text += bits & 1 != 0 ? mark : mark.uppercased() } else { text += bits & 1 != 0 ? "x" : "-" }
        }
        return text
    }
}

extension LayerFile.Kind {
    /// What a person calls it.
    fileprivate var phrase: String {
        switch self {
        case .file: words("file")
        case .directory: words("directory")
        case .symbolicLink: words("link")
        case .characterDevice: words("character device")
        case .blockDevice: words("block device")
        case .fifo: words("fifo")
        case .socket: words("socket")
        }
    }
}
