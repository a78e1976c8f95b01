import Engine
import Glibc
import LinuxSystem

/// Holds an unpacked layer to the tree that its archive makes: names, kinds, permissions, owners, sizes, targets,
/// devices and attributes.
struct TreeComparison {
    /// What is not the same, the first of it in words.
    private(set) var differences: [String] = []
    /// How many differences there are.
    private(set) var count = 0
    private let layer: LayerDirectory
    private let attributes: AttributeReader

    private static let shown = 3

    init(_ tree: ExpectedTree, _ layer: LayerDirectory, directory: String) throws(EngineError) {
        self.layer = layer
        attributes = try AttributeReader(directory)
        var waiting: [(node: ExpectedNode, path: [UInt8])] = [(tree.root, [])]
        compareRoot(tree.root)
        while let next = waiting.popLast() {
            waiting += try compareChildren(of: next.node, next.path)
        }
    }

    /// All of it in one sentence.
    var sentence: String {
        let more = count - differences.count
        return differences.joined(separator: "; ") + (more > 0 ? "; and \(more) more" : "")
    }

    private mutating func note(_ path: [UInt8], _ words: String) {
        count += 1
        if differences.count < Self.shown { differences.append("/\(printable(PathText.text(path))) \(words)") }
    }

    private mutating func compareRoot(_ node: ExpectedNode) {
        if let entry = layer.entry([0x2E]) { compareMetadata(node, entry, []) }
    }

    /// Answers the directories in it.
    private mutating func compareChildren(
        of node: ExpectedNode, _ path: [UInt8]
    ) throws(EngineError) -> [(node: ExpectedNode, path: [UInt8])] {
        let listing = try layer.list(path)
        if listing.isOpaque != node.isOpaque { note(path, "hides what is below it in one, not in the other") }
        var missing = node.children
        var directories: [(node: ExpectedNode, path: [UInt8])] = []
        for entry in listing.entries {
            let place = path.isEmpty ? entry.name : path + [0x2F] + entry.name
            guard let expected = missing.removeValue(forKey: entry.name) else {
                note(place, "does not belong there")
                continue
            }
            if compare(expected, entry, place) { directories.append((expected, place)) }
        }
        for (name, expected) in missing.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
        where !isUnmakeable(expected) {
            note(path.isEmpty ? name : path + [0x2F] + name, "is missing")
        }
        return directories
    }

    /// A user namespace has no devices.
    private func isUnmakeable(_ node: ExpectedNode) -> Bool {
        if case .node(let kind, _) = node.kind { kind != S_IFIFO && !UserNamespace.isInitial } else { false }
    }

    /// Answers whether both are directories.
    private mutating func compare(_ node: ExpectedNode, _ entry: LayerEntry, _ path: [UInt8]) -> Bool {
        guard isSameKind(node, entry) else {
            note(path, "is something else")
            return false
        }
        switch node.kind {
        case .file(let size, let matches):
            if entry.size != size {
                note(path, "has \(entry.size) bytes, not \(size)")
            } else if !matches {
                note(path, "has other content")
            }
        case .link(let target) where entry.target != target: note(path, "leads elsewhere")
        case .node(_, let device) where entry.deviceNumber != device: note(path, "is another device")
        default: break
        }
        if node.isShared {
            if let inode = node.inode, inode != entry.inode {
                note(path, "is no longer the same file as its other name")
            }
            node.inode = entry.inode
        }
        compareMetadata(node, entry, path)
        return node.isDirectory
    }

    private func isSameKind(_ node: ExpectedNode, _ entry: LayerEntry) -> Bool {
        switch node.kind {
        case .whiteout: entry.isWhiteout
        case .file: entry.kind == .file
        case .directory: entry.kind == .directory
        case .link: entry.kind == .symbolicLink
        case .node(S_IFCHR, _): entry.kind == .characterDevice
        case .node(S_IFBLK, _): entry.kind == .blockDevice
        case .node: entry.kind == .fifo
        }
    }

    private mutating func compareMetadata(_ node: ExpectedNode, _ entry: LayerEntry, _ path: [UInt8]) {
        guard let metadata = node.metadata else { return }
        if metadata.uid != entry.uid || metadata.gid != entry.gid {
            note(path, "belongs to \(entry.uid):\(entry.gid), not \(metadata.uid):\(metadata.gid)")
        }
        if entry.kind != .symbolicLink, mode_t(entry.mode) != metadata.permissions {
            let octal = { (mode: mode_t) in String(mode, radix: 8) }
            note(path, "has the mode \(octal(mode_t(entry.mode))), not \(octal(metadata.permissions))")
        }
        let found = attributes.read(path)
        for (name, value) in node.attributes.sorted(by: { $0.key < $1.key }) {
            if let other = found[name] {
                if other != value { note(path, "has another \(printable(name))") }
            } else if name == "security.capability" {
                // Other attributes may be unknown to the file system, and are then left out.
                note(path, "has lost its \(name)")
            }
        }
        for name in found.keys.sorted() where node.attributes[name] == nil {
            note(path, "has an attribute \(printable(name))")
        }
    }
}
