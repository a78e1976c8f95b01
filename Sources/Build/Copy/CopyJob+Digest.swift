import CLinux
import struct Crypto.SHA256
import Dockerfile
import Engine
import Glibc
import LinuxSystem
import OCI

extension CopyJob {
    /// What the copied files hash to: names, content, kinds, modes, owners, attributes, link targets; not their times.
    ///
    /// Blocks for as long as reading takes; files that have not changed since they were last looked at are not read.
    func digest() throws(EngineError) -> Digest {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 4096)
        defer { buffer.deallocate() }
        var hash = SHA256()
        hash.update(data: Array("\(owner?.uid ?? 0):\(owner?.gid ?? 0) \(owner == nil) \(mode ?? "")\n".utf8))
        for source in sources {
            let part = try digest(of: source, buffer)
            part.withBytes { hash.update(bufferPointer: $0) }
        }
        return Digest(hash.finalize())
    }

    private func digest(of source: CopySource, _ buffer: UnsafeMutableRawBufferPointer) throws(EngineError) -> FileHash
    {
        switch source {
        case .text(let name, let bytes):
            return FileHash(SHA256.hash(data: Array("text \(name.utf8.count) \(name)".utf8) + bytes))
        case .fetched(let file, _, let unpack):
            let words = "fetched \(file.digest) \(file.modifiedAt?.nanoseconds ?? 0) \(unpack) \(file.name)"
            return FileHash(SHA256.hash(data: Array(words.utf8)))
        case .tree(let path):
            let tree = try SourceTree(.directory(path: path, ignore: nil, memory: nil), in: store)
            var visitor = DigestVisitor(tree, buffer: buffer)
            try walkAll(tree, [], &visitor)
            return FileHash(visitor.hash.finalize())
        case .files(let origin, let pattern, let unpack):
            let tree = try SourceTree(origin, in: store)
            var visitor = DigestVisitor(tree, buffer: buffer)
            visitor.add(unpack ? "u" : "c", [])
            for match in try matches(pattern, in: tree) { try add(match, of: tree, &visitor) }
            tree.memory?.save()
            return FileHash(visitor.hash.finalize())
        }
    }

    private func add(
        _ match: SourcePattern.Match, of tree: SourceTree, _ visitor: inout DigestVisitor
    ) throws(EngineError) {
        visitor.add("m", parents ? PathBytes.joined(match.names.suffix(match.parents + 1)) : match.name)
        let isDirectory = match.facts.st_mode & S_IFMT == S_IFDIR
        if let last = match.names.last, !isDirectory || parents {
            guard let parent = try tree.root.directory(match.names.dropLast()) else { return }
            if !isDirectory { return try visitor.visit(last, in: parent, match.facts) }
            try visitor.enter(last, in: parent, match.facts)
        }
        try walkAll(tree, match.names, &visitor)
    }

    func walkAll(
        _ tree: SourceTree, _ names: [[UInt8]], _ visitor: inout some TreeVisitor
    ) throws(EngineError) {
        guard let directory = try tree.root.directory(names) else { return }
        var walk = TreeWalk(tree, excludes: try rules())
        let relative = parents ? names : []
        try walk.walk(directory, at: names, relative: relative, &visitor)
    }

    func rules() throws(EngineError) -> IgnoreRules? {
        guard !excludes.isEmpty else { return nil }
        return try IgnoreRules(patterns: excludes)
    }

    /// What a pattern finds, without what `--exclude` leaves out.
    func matches(_ pattern: String, in tree: SourceTree) throws(EngineError) -> [SourcePattern.Match] {
        let search = SourcePattern(pattern, in: tree)
        let found = try parents ? search.matchesWithParents() : search.matches()
        guard let rules = try rules() else { return found }
        return found.filter { match in
            let isDirectory = match.facts.st_mode & S_IFMT == S_IFDIR
            let path = parents ? PathBytes.joined(match.names) : match.name
            if isDirectory, !parents { return true }
            return !rules.excludes(PathBytes.string(path))
        }
    }
}
