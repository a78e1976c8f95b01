import CLinux
import Dockerfile
import Engine
import Glibc

/// Is told of the files of a tree, in order of names.
protocol TreeVisitor {
    /// A directory begins. Answers whether what is in it is wanted.
    mutating func enter(_ name: [UInt8], in parent: OpenDirectory, _ facts: stat) throws(EngineError)
    /// The directory that began last, opened, has ended.
    mutating func leave(_ directory: OpenDirectory, _ facts: stat) throws(EngineError)
    /// Anything else.
    mutating func visit(_ name: [UInt8], in parent: OpenDirectory, _ facts: stat) throws(EngineError)
}

/// Walks what is below a directory, without what rules leave out, never through a link.
///
/// A directory that is left out itself comes when the first file in it that is not has come.
struct TreeWalk {
    let tree: SourceTree
    /// `--exclude`.
    let excludes: IgnoreRules?
    /// Directories that have not been told of, each with the one it stands in.
    private var pending: [(name: [UInt8], parent: OpenDirectory, facts: stat)] = []

    init(_ tree: SourceTree, excludes: IgnoreRules?) {
        self.tree = tree
        self.excludes = excludes
    }

    /// Whether rules are to be asked at all: spelling out a path for each of many files costs more than all the rest.
    private var hasRules: Bool { tree.ignore != nil || excludes != nil }

    /// - Parameters:
    ///   - directory: is not told of itself.
    ///   - place: its names from the root.
    ///   - relative: its names from where `excludes` count.
    mutating func walk(
        _ directory: OpenDirectory, at place: [[UInt8]], relative: [[UInt8]] = [], _ visitor: inout some TreeVisitor
    ) throws(EngineError) {
        for name in try directory.names() {
            // A file that vanished while its directory was read was never there.
            guard let facts = try directory.status(name) else { continue }
            // Archives know no sockets.
            let kind = facts.st_mode & S_IFMT
            if kind == S_IFSOCK { continue }
            let names = hasRules ? place + [name] : []
            let inner = hasRules ? relative + [name] : []
            let isLeftOut = try isLeftOut(names, inner, isDirectory: kind == S_IFDIR)
            guard let isLeftOut else { continue }
            guard kind == S_IFDIR else {
                try tellPending(&visitor)
                try visitor.visit(name, in: directory, facts)
                continue
            }
            guard let child = try directory.directory(name) else { continue }
            pending.append((name, directory, facts))
            if !isLeftOut { try tellPending(&visitor) }
            try walk(child, at: names, relative: inner, &visitor)
            if pending.isEmpty { try visitor.leave(child, facts) } else { pending.removeLast() }
        }
    }

    private mutating func tellPending(_ visitor: inout some TreeVisitor) throws(EngineError) {
        for (name, parent, facts) in pending { try visitor.enter(name, in: parent, facts) }
        pending = []
    }

    /// `nil` when nothing of it comes along; `true` for a directory that comes only for the sake of what is in it.
    private func isLeftOut(
        _ names: [[UInt8]], _ relative: [[UInt8]], isDirectory: Bool
    ) throws(EngineError) -> Bool? {
        guard hasRules else { return false }
        let rule = tree.isLeftOut(names)
        if rule.leftOut, !isDirectory || !rule.mayHoldIncluded { return nil }
        var leftOut = rule.leftOut
        if let excludes {
            let path = PathBytes.string(PathBytes.joined(relative))
            if excludes.excludes(path) {
                guard isDirectory, excludes.mayHoldIncluded(path) else { return nil }
                leftOut = true
            }
        }
        return leftOut
    }
}
