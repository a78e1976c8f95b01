import Glibc
import LinuxSystem
import Runtime

/// A layer that holds what mounts lie on and the layers below do not have.
///
/// Whatever a start makes itself would stay in the step's own layer, and take the parents' times with it. Lying on top of
/// all lower layers, this one also makes up for what a layer has removed; its directories are like those that they join,
/// to the second.
struct StubLayer: ~Copyable {
    private let root: OwnedDescriptor
    private let view: OwnedDescriptor
    /// Directories that the view has as well, which get its facts at the end.
    private var joined: Set<String> = []

    /// Makes the layer in the new directory `path`, unless nothing is needed.
    /// - Parameter view: the joined file system without this layer.
    /// - Returns: whether it was made.
    static func make(
        _ path: String, for places: [StepMounts.Place], in view: borrowing OwnedDescriptor
    ) throws(SystemError) -> Bool {
        let targets = Set(places.map { SpecBuilder.normalized($0.path) })
        var layer: StubLayer?
        for place in places {
            let target = SpecBuilder.normalized(place.path)
            // What lies on another mount is that mount's business.
            guard !targets.contains(where: { target.hasPrefix($0 + "/") }) else { continue }
            guard let missing = try MissingPath(target, in: view) else { continue }
            if layer == nil { layer = try StubLayer(path, view) }
            try layer?.add(missing, isDirectory: place.isDirectory)
        }
        guard let layer = layer.take() else { return false }
        try layer.finish()
        return true
    }

    private init(_ path: String, _ view: borrowing OwnedDescriptor) throws(SystemError) {
        try Files.makeDirectories(path, mode: 0o755)
        let root = try OwnedDescriptor.open(path, O_RDONLY | O_DIRECTORY)
        let view = try view.duplicate()
        self.root = root
        self.view = view
    }

    private mutating func add(_ missing: MissingPath, isDirectory: Bool) throws(SystemError) {
        var path = ""
        for name in missing.parent.split(separator: "/") {
            path += (path.isEmpty ? "" : "/") + name
            if try makeDirectory(path) { joined.insert(path) }
        }
        for (index, name) in missing.names.enumerated() {
            path += (path.isEmpty ? "" : "/") + name
            if index + 1 < missing.names.count || isDirectory {
                _ = try makeDirectory(path)
            } else {
                guard mknodat(root.rawValue, path, S_IFREG | 0o644, 0) == 0 || errno == EEXIST else {
                    throw SystemError.last("mknod", path)
                }
            }
        }
    }

    /// - Returns: false when it was there.
    private func makeDirectory(_ path: String) throws(SystemError) -> Bool {
        if mkdirat(root.rawValue, path, 0o755) == 0 {
            // Whatever the caller's umask is.
            guard fchmodat(root.rawValue, path, 0o755, 0) == 0 else { throw SystemError.last("chmod", path) }
            return true
        }
        guard errno == EEXIST else { throw SystemError.last("mkdir", path) }
        return false
    }

    /// The deepest first: what is made in a directory changes its time.
    private func finish() throws(SystemError) {
        for path in joined.sorted(by: { $0.utf8.count > $1.utf8.count }) {
            let source = try view.open(
                at: path, O_RDONLY | O_DIRECTORY, resolve: [.inRoot, .noSymlinks, .noMagicLinks])
            let target = try root.open(at: path, O_RDONLY | O_DIRECTORY)
            try TreeCopy.copyMetadata(of: source, to: target)
        }
    }
}

/// A path of which something is not there, every link in it followed.
struct MissingPath: Hashable {
    /// The deepest directory that is there, without links; relative to the root, empty for the root itself.
    var parent: String
    /// What is missing below it.
    var names: [String]

    /// `nil` when all of it is there, or the kernel would not go that way.
    init?(_ path: String, in root: borrowing OwnedDescriptor) throws(SystemError) {
        var rest = path.split(separator: "/").map(String.init)
        var parent: [String] = []
        var links = 0
        while let name = rest.first {
            rest.removeFirst()
            if name == "." { continue }
            if name == ".." {
                _ = parent.popLast()
                continue
            }
            let here = (parent + [name]).joined(separator: "/")
            let found: OwnedDescriptor
            do throws(SystemError) {
                found = try root.open(
                    at: here, OwnedDescriptor.pathOnly | O_NOFOLLOW, resolve: [.inRoot, .noMagicLinks])
            } catch {
                guard error.number == ENOENT else { return nil }
                self.parent = parent.joined(separator: "/")
                // What is not there cannot be left again.
                names = [name] + rest.filter { $0 != "." && $0 != ".." }
                return
            }
            switch try found.status().kind {
            case .directory: parent.append(name)
            case .symbolicLink:
                links += 1
                // As many as the kernel follows before it says ELOOP.
                guard links <= 40 else { return nil }
                let text = try found.linkText()
                if text.hasPrefix("/") { parent = [] }
                rest = text.split(separator: "/").map(String.init) + rest
            default: return nil
            }
        }
        return nil
    }
}

extension OwnedDescriptor {
    /// What the symbolic link says that was opened with `O_PATH | O_NOFOLLOW`.
    fileprivate borrowing func linkText() throws(SystemError) -> String {
        var text = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let fd = rawValue
        let count = text.withUnsafeMutableBytes { buffer in
            let characters = buffer.assumingMemoryBound(to: CChar.self)
            return characters.baseAddress.map { readlinkat(fd, "", $0, buffer.count) } ?? -1
        }
        guard count >= 0 else { throw SystemError.last("readlink") }
        return String(decoding: text.prefix(count), as: UTF8.self)
    }
}
