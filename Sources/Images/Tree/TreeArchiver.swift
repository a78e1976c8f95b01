import Engine
import Glibc
import LinuxSystem

/// Writes a part of a directory tree as a tar stream (`docker cp` out of a container).
public struct TreeArchiver: Sendable {
    /// Makes an archiver.
    public init() {}

    /// Archives what stands at `path` beneath the directory `root` and all below it, on one file system.
    ///
    /// - Parameters:
    ///   - root: an open directory; `path` is resolved within it, no symbolic link leads out.
    ///   - path: relative to `root`; its last component is not followed. Empty or `.` is `root` itself.
    ///   - name: what the top entry is called in the archive; entries below it are `name/…`.
    ///   - descriptor: where the archive goes; not closed.
    public func archive(
        _ path: String, beneath root: Int32, as name: String, toDescriptor descriptor: Int32
    ) throws(EngineError) {
        let components = path.split(separator: "/").filter { $0 != "." }
        let parentPath = components.dropLast().joined(separator: "/")
        let parent = try open(parentPath, in: root)
        let writer = try TarWriter { (bytes) throws(EngineError) in
            try writeAll(bytes, to: descriptor, subject: "the archive")
        }
        let walker = TreeWalker(writer)
        try withPortableNames { () throws(EngineError) in
            if let last = components.last {
                try walker.add(Array(last.utf8), in: parent.rawValue, as: Array(name.utf8))
            } else {
                try walker.add([0x2E], in: parent.rawValue, as: Array(name.utf8))
            }
            try writer.finish()
        }
    }

    /// Archives what is in a directory, without what is excluded, and small files of the caller's behind it.
    ///
    /// - Parameters:
    ///   - root: an open directory, whose content stands at the archive's top; `nil` for the added files alone.
    ///   - excludes: whether the entry at a path is left out, with all below it where it is a directory.
    ///   - files: names and contents of files that are added; of two entries of one name the last counts.
    ///   - descriptor: where the archive goes; not closed.
    public func archiveContents(
        of root: Int32?, excluding excludes: @escaping (_ path: String, _ isDirectory: Bool) -> Bool,
        adding files: [(name: String, content: [UInt8])], toDescriptor descriptor: Int32
    ) throws(EngineError) {
        let writer = try TarWriter { (bytes) throws(EngineError) in
            try writeAll(bytes, to: descriptor, subject: "the archive")
        }
        let walker = TreeWalker(writer)
        walker.excludes = { path, isDirectory in excludes(String(decoding: path, as: UTF8.self), isDirectory) }
        try withPortableNames { () throws(EngineError) in
            if let root { try walker.add([0x2E], in: root, as: []) }
            for file in files { try writer.add(file.name, file.content) }
            try writer.finish()
        }
    }

    private func open(_ path: String, in root: Int32) throws(EngineError) -> OwnedDescriptor {
        try inWords("cannot archive \(printable(path))") { () throws(SystemError) in
            let copy = fcntl(root, F_DUPFD_CLOEXEC, 3)
            guard copy >= 0 else { throw SystemError.last("dup") }
            return try OwnedDescriptor(owning: copy).open(
                at: path.isEmpty ? "." : path, O_RDONLY | O_DIRECTORY, resolve: [.inRoot, .noMagicLinks])
        }
    }
}
