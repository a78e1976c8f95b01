import CArchive
import Engine
import Glibc
import LinuxSystem

/// The tree that a layer's archive makes, by the rules of `TreeWriter`: later entries replace earlier ones, links are
/// resolved within the tree. Content is compared with the directory's as it passes and not kept.
final class ExpectedTree {
    let root = ExpectedNode(.directory, nil)
    private let layer: LayerDirectory
    private let limits: ArchiveLimits
    private var count = 0

    /// Every symbolic link on the way costs one; the kernel's own limit.
    private static let linkLimit = 40
    private static let whiteout = Array(".wh.".utf8)
    private static let opaque = Array(".wh..wh..opq".utf8)
    private static let aufs = Array(".wh..wh.".utf8)

    init(_ reader: TarReader, comparedWith layer: LayerDirectory, limits: ArchiveLimits) throws(EngineError) {
        self.layer = layer
        self.limits = limits
        while let entry = try reader.next() { try apply(entry, from: reader) }
    }

    private func apply(_ entry: OpaquePointer, from reader: TarReader) throws(EngineError) {
        count += 1
        guard count <= limits.layerEntries, let name = archive_entry_pathname(entry) else { throw impossible("/") }
        let path = try EntryPath(bytes(name))
        let metadata = EntryMetadata(entry)
        guard !path.isRoot else { return root.describe(metadata) }
        let parent = try directory(Array(path.components.dropLast()), of: path)
        if applyWhiteout(path.name, in: parent.node) { return }
        if let target = archive_entry_hardlink(entry) {
            return try link(path, in: parent.node, to: EntryPath(bytes(target)))
        }
        switch metadata.kind {
        case S_IFREG:
            let size = archive_entry_size(entry)
            let matches = try compare(parent.path + [path.name], size: size, with: reader)
            parent.node.children[path.name] = ExpectedNode(.file(size: size, matches: matches), metadata)
        case S_IFDIR: makeDirectory(path.name, in: parent.node, metadata)
        case S_IFLNK:
            let target = archive_entry_symlink(entry).map(bytes) ?? []
            parent.node.children[path.name] = ExpectedNode(.link(target), metadata)
        case S_IFCHR, S_IFBLK, S_IFIFO:
            let device = metadata.kind == S_IFIFO ? 0 : UInt64(metadata.device)
            parent.node.children[path.name] = ExpectedNode(.node(metadata.kind, device: device), metadata)
        default: return
        }
    }

    // MARK: - Entries

    private func applyWhiteout(_ name: [UInt8], in parent: ExpectedNode) -> Bool {
        guard name.starts(with: Self.whiteout) else { return false }
        if name == Self.opaque {
            parent.isOpaque = true
            return true
        }
        if name.starts(with: Self.aufs) { return true }
        let hidden = Array(name.dropFirst(Self.whiteout.count))
        guard let known = parent.children[hidden] else {
            parent.children[hidden] = ExpectedNode(.whiteout, nil)
            return true
        }
        // The layer has the name itself: it stays, only what is below is hidden.
        if known.isDirectory { known.isOpaque = true }
        return true
    }

    private func makeDirectory(_ name: [UInt8], in parent: ExpectedNode, _ metadata: EntryMetadata) {
        let known = parent.children[name]
        if let known, known.isDirectory { return known.describe(metadata) }
        let made = ExpectedNode(.directory, metadata)
        if case .whiteout = known?.kind { made.isOpaque = true }
        parent.children[name] = made
    }

    private func link(_ path: EntryPath, in parent: ExpectedNode, to target: EntryPath) throws(EngineError) {
        guard target != path else { return }
        let source = try directory(Array(target.components.dropLast()), of: path).node
        guard let node = source.children[target.name] else { throw impossible(path.text) }
        node.isShared = true
        parent.children[path.name] = node
    }

    private func compare(
        _ components: [[UInt8]], size: Int64, with reader: TarReader
    ) throws(EngineError) -> Bool {
        let file = FileComparison(Array(components.joined(separator: [0x2F])), in: layer)
        try reader.forEachBlock { (block, offset) throws(EngineError) in file.compare(block, at: offset) }
        return file.finish(size: size)
    }

    // MARK: - Directories

    /// The directory that the names lead to, made when it is missing, and the names that lead there through no link.
    private func directory(
        _ components: [[UInt8]], of path: EntryPath
    ) throws(EngineError) -> (node: ExpectedNode, path: [[UInt8]]) {
        if let found = try resolve(components, of: path) { return found }
        var above: (node: ExpectedNode, path: [[UInt8]]) = (root, [])
        for depth in components.indices {
            let name = components[depth]
            if let found = try resolve(Array(components[...depth]), of: path) {
                above = found
            } else if above.node.children[name] == nil {
                let made = ExpectedNode(.directory, nil)
                above.node.children[name] = made
                above = (made, above.path + [name])
            } else {
                throw impossible(path.text)
            }
        }
        return above
    }

    private func resolve(
        _ components: [[UInt8]], of path: EntryPath
    ) throws(EngineError) -> (node: ExpectedNode, path: [[UInt8]])? {
        var waiting = components[...]
        var nodes = [root]
        var names: [[UInt8]] = []
        var links = 0
        while let name = waiting.popFirst() {
            if name.isEmpty || name == [0x2E] { continue }
            if name == [0x2E, 0x2E] {
                if nodes.count > 1 { nodes.removeLast() }
                _ = names.popLast()
                continue
            }
            guard let next = nodes.last?.children[name] else { return nil }
            switch next.kind {
            case .directory:
                nodes.append(next)
                names.append(name)
            case .link(let target):
                links += 1
                guard links <= Self.linkLimit else { throw impossible(path.text) }
                if target.first == 0x2F {
                    nodes = [root]
                    names = []
                }
                waiting = (target.split(separator: 0x2F).map(Array.init) + waiting)[...]
            default: throw impossible(path.text)
            }
        }
        return nodes.last.map { ($0, names) }
    }

    /// An archive like this could not have been unpacked.
    private func impossible(_ path: String) -> EngineError {
        EngineError(.corrupted, "the archive cannot be compared from \"\(path)\" on")
    }
}
