import Engine
import Glibc
import LinuxSystem

/// A directory beside a copy's destination: an archive is unpacked here first, and then moved into place, so that
/// a copy can have another name than in the archive, and a broken one leaves nothing half-made.
struct StagingDirectory: Sendable {
    let path: String

    /// Makes an empty one in `directory`.
    init(in directory: String) throws(SystemError) {
        path = "\(directory == "/" ? "" : directory)/.spyhop-cp-\(UInt32.random(in: 0 ... .max))"
        guard mkdir(path, 0o700) == 0 else { throw SystemError.last("mkdir", path) }
    }

    /// Removes it and what is left in it.
    func remove() { try? Files.removeTree(path) }

    /// Moves the one thing in it to its place, into directories that are there already.
    func deliver(to placement: CopyPath.Placement) throws {
        let names = try list(path)
        guard let name = names.first, names.count == 1 else {
            throw EngineError(.corrupted, "the archive has \(names.count) things at its top instead of one")
        }
        let target = placement.name == "." ? placement.directory : join(placement.directory, placement.name)
        try move(join(path, name), onto: target)
    }

    private func join(_ directory: String, _ name: String) -> String {
        directory == "/" ? "/\(name)" : "\(directory)/\(name)"
    }

    private func list(_ directory: String) throws -> [String] {
        do { return try Files.list(directory).map(\.name) } catch {
            throw EngineError(.system, "cannot read \(directory): \(error.reason)")
        }
    }

    private func move(_ source: String, onto target: String) throws {
        let isDirectory = (try? Files.status(source))??.isDirectory == true
        let standing = (try? Files.status(target, followLink: isDirectory)) ?? nil
        switch (isDirectory, standing?.isDirectory) {
        case (true, true?):
            for name in try list(source) { try move(join(source, name), onto: join(target, name)) }
        case (true, false?): throw EngineError(.invalidArgument, "cannot copy a directory onto the file \(target)")
        case (false, true?): throw EngineError(.invalidArgument, "cannot copy a file onto the directory \(target)")
        default:
            do { try Files.rename(source, to: target) } catch {
                throw EngineError(.system, "cannot write \(target): \(error.reason)")
            }
        }
    }
}
