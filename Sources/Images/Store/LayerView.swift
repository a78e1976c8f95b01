import CArchive
import Engine
import Glibc
import LinuxSystem

/// Looks into layers as overlayfs would join them, without mounting anything.
struct LayerView {
    /// Opened layer directories, top layer first.
    private let layers: [SharedDescriptor]

    /// Every symbolic link costs one; the kernel's own limit.
    private static let linkLimit = 40

    init(_ image: ResolvedImage) throws(EngineError) {
        var layers: [SharedDescriptor] = []
        for name in image.layers {
            let path = "\(image.layersDirectory)/\(name)"
            let opened = try inWords("cannot open the layer \(name)") { () throws(SystemError) in
                try OwnedDescriptor.open(path, O_RDONLY | O_DIRECTORY)
            }
            layers.append(SharedDescriptor(owning: opened.take()))
        }
        self.layers = layers
    }

    /// A regular file's bytes; `nil` when there is none, throws when it is larger than `limit`.
    func read(_ path: String, limit: Int) throws(EngineError) -> [UInt8]? {
        guard let file = try resolve(path) else { return nil }
        let opened = try inWords("cannot read \(printable(path))") { () throws(SystemError) in
            try file.layer.open(file.path, O_RDONLY | O_NONBLOCK)
        }
        return try inWords("cannot read \(printable(path))") { () throws(SystemError) in
            guard try opened.status().kind == .regular else { return nil }
            return try opened.readAll(limit: limit)
        }
    }

    /// Walks name by name, links expanded within the root.
    private func resolve(_ path: String) throws(EngineError) -> (layer: Layer, path: String)? {
        var waiting = path.split(separator: "/").map(String.init)[...]
        var done: [String] = []
        var links = 0
        var found: (layer: Layer, path: String)?
        while let name = waiting.popFirst() {
            if name == "." { continue }
            if name == ".." {
                _ = done.popLast()
                continue
            }
            guard let hit = try lookUp(done + [name]) else { return nil }
            if case .link(let target) = hit.kind {
                links += 1
                guard links <= Self.linkLimit else {
                    throw EngineError(.system, "cannot read \(printable(path)): too many symbolic links")
                }
                if target.hasPrefix("/") { done = [] }
                waiting = (target.split(separator: "/").map(String.init) + waiting)[...]
                continue
            }
            done.append(name)
            // Only a regular file may be opened at all: opening a device, such as a watchdog, does things.
            if case .file = hit.kind { found = (hit.layer, done.joined(separator: "/")) } else { found = nil }
        }
        // The last word decides: `a/..` names a directory, whatever was seen on the way.
        return found?.path == done.joined(separator: "/") ? found : nil
    }

    private enum Kind {
        case link(String)
        case file
        case other
    }

    /// The topmost layer that has the name, unless a layer above hides it.
    private func lookUp(_ components: [String]) throws(EngineError) -> (layer: Layer, kind: Kind)? {
        for descriptor in layers {
            let layer = Layer(descriptor: descriptor)
            var isOpaque = false
            for depth in components.indices {
                let path = components[...depth].joined(separator: "/")
                guard let facts = layer.status(path) else { break }
                if facts.isWhiteout { return nil }
                let kind = facts.st_mode & S_IFMT
                if depth == components.index(before: components.endIndex) {
                    switch kind {
                    case S_IFLNK: return (layer, .link(layer.target(path)))
                    case S_IFREG: return (layer, .file)
                    default: return (layer, .other)
                    }
                }
                // Something that is no directory hides what layers below have under its name.
                if kind != S_IFDIR { return nil }
                if layer.isOpaque(path) { isOpaque = true }
            }
            if isOpaque { return nil }
        }
        return nil
    }

    /// One layer, looked into without following any link.
    private struct Layer {
        let descriptor: SharedDescriptor

        func open(_ path: String, _ flags: Int32) throws(SystemError) -> OwnedDescriptor {
            let copy = fcntl(descriptor.rawValue, F_DUPFD_CLOEXEC, 3)
            guard copy >= 0 else { throw SystemError.last("dup") }
            return try OwnedDescriptor(owning: copy).open(
                at: path, flags, resolve: [.beneath, .noSymlinks])
        }

        func status(_ path: String) -> stat? {
            var facts = stat()
            return fstatat(descriptor.rawValue, path, &facts, AT_SYMLINK_NOFOLLOW) == 0 ? facts : nil
        }

        func target(_ path: String) -> String {
            var buffer = [CChar](repeating: 0, count: 4096)
            let count = readlinkat(descriptor.rawValue, path, &buffer, buffer.count)
            return String(decoding: buffer.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }

        func isOpaque(_ path: String) -> Bool {
            guard let opened = try? open(path, O_RDONLY | O_DIRECTORY) else { return false }
            var value: UInt8 = 0
            return fgetxattr(opened.rawValue, OverlayMark.opaque, &value, 1) == 1 && value == UInt8(ascii: "y")
        }
    }
}
