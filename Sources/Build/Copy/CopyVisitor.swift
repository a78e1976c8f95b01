import CLinux
import Engine
import Glibc

/// Copies a tree into an open directory of the target.
struct CopyVisitor: TreeVisitor {
    private let target: CopyTarget
    private let keepsOwner: Bool
    /// The directories that the walk is in, the target's one of each, with their names from the target's root.
    private var directories: [(directory: OpenDirectory, place: [[UInt8]])]

    init(_ target: CopyTarget, into directory: OpenDirectory, at place: [[UInt8]], keepsOwner: Bool) {
        self.target = target
        self.keepsOwner = keepsOwner
        directories = [(directory, place)]
    }

    mutating func enter(_ name: [UInt8], in parent: OpenDirectory, _ facts: stat) throws(EngineError) {
        guard let (directory, place) = directories.last else { return }
        let made = try target.enter(name, in: directory, at: place + [name])
        directories.append((made, place + [name]))
    }

    mutating func leave(_ directory: OpenDirectory, _ facts: stat) throws(EngineError) {
        guard let (made, _) = directories.popLast() else { return }
        try target.finish(made, like: directory, facts, keepsOwner: keepsOwner)
    }

    mutating func visit(_ name: [UInt8], in parent: OpenDirectory, _ facts: stat) throws(EngineError) {
        guard let (directory, place) = directories.last else { return }
        try target.copy(
            name, in: parent, facts, keepsOwner: keepsOwner, to: directory, as: name, at: place + [name])
    }
}
