import Dockerfile
import Engine
import Glibc
import Images
import LinuxSystem

/// An origin's files, opened.
final class SourceTree {
    let root: RootDirectory
    let ignore: IgnoreRules?
    let memory: FileMemory?
    /// Files of a host's directory are root's, whoever they belong to there.
    let keepsOwners: Bool
    /// What messages call it.
    let name: String

    init(_ origin: FileOrigin, in store: ImageStore) throws(EngineError) {
        switch origin {
        case .directory(let path, let ignore, let memory):
            root = RootDirectory(try Self.open(path))
            self.ignore = ignore
            self.memory = memory
            keepsOwners = false
            name = "the build context"
        case .layers(let layers):
            root = RootDirectory(try Self.join(layers, in: store))
            ignore = nil
            memory = nil
            keepsOwners = true
            name = "the file system that it is copied from"
        }
    }

    private static func open(_ path: String) throws(EngineError) -> OwnedDescriptor {
        do throws(SystemError) { return try OwnedDescriptor.open(path, O_RDONLY | O_DIRECTORY) } catch {
            throw EngineError(.system, "cannot open the context \(printable(path))", cause: error)
        }
    }

    private static func join(_ layers: [BuiltLayer], in store: ImageStore) throws(EngineError) -> OwnedDescriptor {
        do throws(SystemError) {
            guard !layers.isEmpty else { return try emptyDirectory(in: store) }
            return try DetachedMount.overlay(
                lower: layers.reversed().map { "\(store.layersDirectory)/\($0.directory)" })
        } catch {
            throw EngineError(.system, "cannot join \(layers.count) layers", cause: error)
        }
    }

    /// A directory that is gone holds nothing, and nobody can put anything into it.
    private static func emptyDirectory(in store: ImageStore) throws(SystemError) -> OwnedDescriptor {
        let path = "\(store.layersDirectory)/.empty-\(UInt64.random(in: 0 ... .max))"
        try Files.makeDirectories(path)
        let directory = try OwnedDescriptor.open(path, O_RDONLY | O_DIRECTORY)
        try Files.removeDirectory(path)
        return directory
    }

    /// Whether a name is left out by the rules, and whether something beneath it may come back.
    func isLeftOut(_ names: [[UInt8]]) -> (leftOut: Bool, mayHoldIncluded: Bool) {
        guard let ignore, !names.isEmpty else { return (false, true) }
        let path = PathBytes.string(PathBytes.joined(names))
        guard ignore.excludes(path) else { return (false, true) }
        return (true, ignore.mayHoldIncluded(path))
    }
}
