import Engine
import Glibc
import LinuxSystem

/// Looks into layers as overlayfs would join them, without mounting anything.
struct LayerView {
    /// Top layer first.
    private let layers: [LayerDirectory]

    /// Every symbolic link costs one; the kernel's own limit.
    private static let linkLimit = 40

    init(_ image: ResolvedImage) throws(EngineError) {
        try self.init(image.layers, in: image.layersDirectory)
    }

    /// - Parameter names: of directories in `directory`, top layer first.
    init(_ names: [String], in directory: String) throws(EngineError) {
        var layers: [LayerDirectory] = []
        for name in names { layers.append(try LayerDirectory(name, in: directory)) }
        self.layers = layers
    }

    /// What stands at a path when symbolic links are followed.
    enum Found {
        case nothing
        /// From the root, without links.
        case directory([UInt8])
        case file(RegularFile)
        case other(LayerFile.Kind)
    }

    /// A regular file of a layer.
    struct RegularFile {
        fileprivate let layer: LayerDirectory
        fileprivate let path: [UInt8]

        func open() throws(SystemError) -> OwnedDescriptor { try layer.open(path, O_RDONLY | O_NONBLOCK) }
    }

    /// A regular file's bytes; `nil` when there is none, throws when it is larger than `limit`.
    func read(_ path: String, limit: Int) throws(EngineError) -> [UInt8]? {
        guard case .file(let file) = try find(Array(path.utf8)) else { return nil }
        return try inWords("cannot read \(printable(path))") { () throws(SystemError) in
            let opened = try file.open()
            guard try opened.status().kind == .regular else { return nil }
            return try opened.readAll(limit: limit)
        }
    }

    /// Walks name by name, links expanded within the root.
    func find(_ path: [UInt8]) throws(EngineError) -> Found {
        var waiting = Self.names(path)[...]
        var done: [[UInt8]] = []
        var links = 0
        var found = Found.directory([])
        while let name = waiting.popFirst() {
            if name == [UInt8(ascii: ".")] { continue }
            if name == Array("..".utf8) {
                _ = done.popLast()
                found = .directory(Self.joined(done))
                continue
            }
            guard let hit = lookUp(done + [name]) else { return .nothing }
            if case .link(let target) = hit.kind {
                links += 1
                guard links <= Self.linkLimit else {
                    throw EngineError(
                        .system, "cannot read \(printable(PathText.text(path))): too many symbolic links")
                }
                if target.first == UInt8(ascii: "/") {
                    done = []
                    found = .directory([])
                }
                waiting = (Self.names(target) + waiting)[...]
                continue
            }
            done.append(name)
            switch hit.kind {
            case .link: break
            case .directory: found = .directory(Self.joined(done))
            // Only a regular file may be opened at all: opening a device, such as a watchdog, does things.
            case .file: found = .file(RegularFile(layer: hit.layer, path: Self.joined(done)))
            case .other(let kind): found = .other(kind)
            }
        }
        return found
    }

    private static func names(_ path: [UInt8]) -> [[UInt8]] { path.split(separator: UInt8(ascii: "/")).map(Array.init) }

    private static func joined(_ names: [[UInt8]]) -> [UInt8] { Array(names.joined(separator: [UInt8(ascii: "/")])) }

    private enum Kind {
        case link([UInt8])
        case directory
        case file
        case other(LayerFile.Kind)
    }

    /// Whether something stands at a path whose names are taken as they are, through no link.
    func has(_ names: [[UInt8]]) -> Bool { lookUp(names) != nil }

    /// The topmost layer that has the name, unless a layer above hides it.
    private func lookUp(_ names: [[UInt8]]) -> (layer: LayerDirectory, kind: Kind)? {
        for layer in layers {
            var isOpaque = false
            for depth in names.indices {
                let path = Self.joined(Array(names[...depth]))
                guard let entry = layer.entry(path) else { break }
                if entry.isWhiteout { return nil }
                if depth == names.index(before: names.endIndex) {
                    switch entry.kind {
                    case .symbolicLink: return (layer, .link(entry.target ?? []))
                    case .directory: return (layer, .directory)
                    case .file: return (layer, .file)
                    default: return (layer, .other(entry.kind))
                    }
                }
                // Something that is no directory hides what layers below have under its name.
                if entry.kind != .directory { return nil }
                if layer.isOpaque(path) { isOpaque = true }
            }
            if isOpaque { return nil }
        }
        return nil
    }
}
