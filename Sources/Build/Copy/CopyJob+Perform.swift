import CLinux
import Dockerfile
import Engine
import Glibc
import Images
import LinuxSystem
import OCI

extension CopyJob {
    /// Copies into a draft that lies on `layers`, lowest first. Blocks.
    func perform(on layers: [BuiltLayer], in draft: LayerDraft) throws(EngineError) {
        // Where nothing is below there is nothing to join, and the kernel may share content between files.
        let top = layers.isEmpty ? try draft.openUpper() : try draft.open(on: layers)
        let mode = try self.mode.map { text throws(EngineError) in try FileMode(text) }
        let target = CopyTarget(RootDirectory(top), owner: owner, mode: mode)
        let destination = CopyDestination(self.destination)
        if destination.isDirectory { _ = try target.makeDirectories(try target.root.resolve(destination.path).names) }
        if sources.count > 1, !parents, try !isDirectory(destination, target) { throw severalSources() }
        for source in sources {
            target.beginSource()
            try put(source, at: destination, target)
        }
    }

    private func isDirectory(_ destination: CopyDestination, _ target: CopyTarget) throws(EngineError) -> Bool {
        if destination.isDirectory { return true }
        return try target.root.resolve(destination.path).isDirectory
    }

    private func severalSources() -> EngineError {
        EngineError(
            .invalidArgument,
            "with more than one source file, the destination must be a directory and end with a /: \(printable(destination))"
        )
    }

    private func put(
        _ source: CopySource, at destination: CopyDestination, _ target: CopyTarget
    ) throws(EngineError) {
        switch source {
        case .text(let name, let bytes):
            let (directory, place) = try self.place(Array(name.utf8), at: destination, target)
            try target.write(
                bytes, permissions: 0o644, modifiedAt: nil, to: directory, as: place.last ?? [], at: place)
        case .fetched(let file, let path, let unpack):
            try put(file, path, unpack: unpack, at: destination, target)
        case .tree(let path):
            let tree = try SourceTree(.directory(path: path, ignore: nil, memory: nil), in: store)
            try putContents(of: [], of: tree, at: destination, target)
        case .files(let origin, let pattern, let unpack):
            let tree = try SourceTree(origin, in: store)
            let found = try matches(pattern, in: tree)
            let files = found.count { $0.facts.st_mode & S_IFMT != S_IFDIR }
            if files > 1, !parents, try !isDirectory(destination, target) { throw severalSources() }
            for match in found {
                // With `--parents` all that is found is one walk.
                if !parents { target.beginSource() }
                if parents {
                    try putWithParents(match, of: tree, at: destination, target)
                } else if match.facts.st_mode & S_IFMT == S_IFDIR {
                    try putContents(of: match.names, of: tree, at: destination, target)
                } else {
                    try put(match, of: tree, unpack: unpack, at: destination, target)
                }
            }
        }
    }

    // MARK: - Directories

    /// A directory's content goes into the destination; one that is there keeps its mode and owner.
    private func putContents(
        of names: [[UInt8]], of tree: SourceTree, at destination: CopyDestination, _ target: CopyTarget
    ) throws(EngineError) {
        let place = try target.root.resolve(destination.path)
        let directory = try target.makeDirectories(place.names)
        var visitor = CopyVisitor(target, into: directory, at: place.names, keepsOwner: tree.keepsOwners)
        try walkAll(tree, names, &visitor)
    }

    /// The directories above a source come along beneath the destination; those that are there already stay as they
    /// are.
    private func putWithParents(
        _ match: SourcePattern.Match, of tree: SourceTree, at destination: CopyDestination, _ target: CopyTarget
    ) throws(EngineError) {
        let base = try target.root.resolve(destination.path)
        var directory = try target.makeDirectories(base.names)
        var place = base.names
        let first = match.names.count - match.parents - 1
        for depth in max(0, first)..<max(0, match.names.count - 1) {
            let name = match.names[depth]
            place.append(name)
            if let there = try directory.directory(name) {
                directory = there
                continue
            }
            guard let source = try tree.root.directory(match.names[...depth]),
                let facts = try tree.root.status(of: Array(match.names[...depth]))
            else { continue }
            let made = try target.enter(name, in: directory, at: place)
            try target.finish(made, like: source, facts, keepsOwner: tree.keepsOwners)
            directory = made
        }
        guard let last = match.names.last else {
            var visitor = CopyVisitor(target, into: directory, at: place, keepsOwner: tree.keepsOwners)
            return try walkAll(tree, [], &visitor)
        }
        guard let parent = try tree.root.directory(match.names.dropLast()) else { return }
        var visitor = CopyVisitor(target, into: directory, at: place, keepsOwner: tree.keepsOwners)
        guard match.facts.st_mode & S_IFMT == S_IFDIR else { return try visitor.visit(last, in: parent, match.facts) }
        guard let source = try parent.directory(last) else { return }
        try visitor.enter(last, in: parent, match.facts)
        try walkAll(tree, match.names, &visitor)
        try visitor.leave(source, match.facts)
    }

    // MARK: - Files

    private func put(
        _ match: SourcePattern.Match, of tree: SourceTree, unpack: Bool, at destination: CopyDestination,
        _ target: CopyTarget
    ) throws(EngineError) {
        guard let last = match.names.last, let parent = try tree.root.directory(match.names.dropLast()) else { return }
        if unpack, match.facts.st_mode & S_IFMT == S_IFREG {
            let file = try parent.file(last)
            if try unpackArchive(file.rawValue, at: destination, target) { return }
        }
        let (directory, place) = try self.place(match.name, at: destination, target)
        try target.copy(
            last, in: parent, match.facts, keepsOwner: tree.keepsOwners, to: directory, as: place.last ?? match.name,
            at: place)
    }

    private func put(
        _ fetched: FetchedFile, _ path: String, unpack: Bool, at destination: CopyDestination, _ target: CopyTarget
    ) throws(EngineError) {
        let file: OwnedDescriptor
        do throws(SystemError) { file = try OwnedDescriptor.open(path) } catch {
            throw EngineError(.system, "cannot read what was fetched", cause: error)
        }
        if unpack, try unpackArchive(file.rawValue, at: destination, target) { return }
        if fetched.name.isEmpty, try isDirectory(destination, target) {
            throw EngineError(
                .invalidArgument, "cannot determine a file name from the URL for \(printable(self.destination))",
                hint: "end the destination with a file's name")
        }
        let (directory, place) = try self.place(Array(fetched.name.utf8), at: destination, target)
        let seconds = fetched.modifiedAt?.seconds ?? 0
        try target.write(
            contentOf: file.rawValue, size: fetched.size, permissions: 0o600,
            modifiedAt: timespec(tv_sec: Int(seconds), tv_nsec: 0), to: directory, as: place.last ?? [], at: place)
    }

    /// Answers whether the file was an archive.
    private func unpackArchive(
        _ file: Int32, at destination: CopyDestination, _ target: CopyTarget
    ) throws(EngineError) -> Bool {
        let unpacker = ArchiveUnpacker(limits: store.limits)
        guard unpacker.isArchive(file) else { return false }
        let directory = try target.makeDirectories(try target.root.resolve(destination.path).names)
        try unpacker.unpack(file, into: directory.descriptor, owner: owner.map { ($0.uid, $0.gid) })
        return true
    }

    /// Where a file of this name goes: into a directory under its own name, else under the destination's.
    private func place(
        _ name: [UInt8], at destination: CopyDestination, _ target: CopyTarget
    ) throws(EngineError) -> (OpenDirectory, [[UInt8]]) {
        let found = try target.root.resolve(destination.path)
        // A server must not choose a place, only a name.
        let own = PathBytes.names(name).last ?? name
        let place = found.isDirectory || found.names.isEmpty ? found.names + [own] : found.names
        return (try target.makeDirectories(Array(place.dropLast())), place)
    }
}

/// A destination as COPY spells it.
struct CopyDestination {
    /// Without what its end says.
    let path: [UInt8]
    /// A `/` or `/.` at its end says that it is a directory.
    let isDirectory: Bool

    init(_ text: String) {
        isDirectory = text.hasSuffix("/") || text.hasSuffix("/.") || text == "."
        path = PathBytes.joined(PathBytes.cleaned(text.utf8))
    }
}
