import Engine
import Glibc
import Images
import LinuxSystem

/// Writes a built file system's files where somebody wants them (`--output type=local`, `type=tar`).
struct FileOutput: Sendable {
    /// Where layers are.
    var store: ImageStore
    /// Lowest first. Their times are as the build has made them: an epoch was applied then.
    var layers: [BuiltLayer]

    /// Writes all files beneath a directory, by absolute path, which is made when it is missing. They belong to the
    /// caller; what else is in the directory stays.
    func write(toDirectory path: String) throws(EngineError) {
        let root: OwnedDescriptor
        do throws(SystemError) {
            try Files.makeDirectories(path)
            root = try OwnedDescriptor.open(path, O_RDONLY | O_DIRECTORY)
        } catch {
            throw EngineError(.system, "cannot write into \(printable(path))", cause: error)
        }
        let tree = try SourceTree(.layers(layers), in: store)
        let target = CopyTarget(
            RootDirectory(root), owner: FileOwner(uid: geteuid(), gid: getegid()), mode: nil)
        guard let from = try tree.root.directory([]), let to = try target.root.directory([]) else { return }
        var visitor = CopyVisitor(target, into: to, at: [], keepsOwner: false)
        var walk = TreeWalk(tree, excludes: nil)
        try walk.walk(from, at: [], &visitor)
    }

    /// Writes all files as a tar archive, with their owners.
    func write(toArchive target: ImageSaveTarget) throws(EngineError) {
        let tree = try SourceTree(.layers(layers), in: store)
        switch target {
        case .descriptor(let descriptor):
            try TreeArchiver().archive("", beneath: tree.root.descriptor, as: "", toDescriptor: descriptor)
        case .path(let path):
            // Nobody takes a part for the whole.
            let unfinished = "\(path).\(getpid()).tmp"
            do throws(EngineError) {
                try write(tree, toNewFile: unfinished)
                do throws(SystemError) { try Files.rename(unfinished, to: path) } catch {
                    throw EngineError(.system, "cannot write \(printable(path))", cause: error)
                }
            } catch {
                try? Files.remove(unfinished)
                throw error
            }
        }
    }

    private func write(_ tree: SourceTree, toNewFile path: String) throws(EngineError) {
        let file: OwnedDescriptor
        do throws(SystemError) { file = try OwnedDescriptor.open(path, O_WRONLY | O_CREAT | O_EXCL) } catch {
            throw EngineError(.system, "cannot write \(printable(path))", cause: error)
        }
        try TreeArchiver().archive("", beneath: tree.root.descriptor, as: "", toDescriptor: file.rawValue)
        do throws(SystemError) { try file.close() } catch {
            throw EngineError(.system, "cannot write \(printable(path))", cause: error)
        }
    }
}
