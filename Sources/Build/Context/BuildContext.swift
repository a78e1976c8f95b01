import Dockerfile
import Engine
import Glibc
import Images
import LinuxSystem
import Synchronization

/// Where a build finds its files: the main context, or a named one that is no image.
final class BuildContext: Sendable {
    /// The directory that holds the files: the person's own, or one in the staging area.
    let path: String
    /// The Dockerfile that was all there was at a context's URL.
    private let fetchedDockerfile: [UInt8]?
    private let memory: FileMemory?
    private let rules = Mutex<IgnoreRules?>(nil)

    /// Bytes that a Dockerfile may have, as for docker.
    private static let dockerfileLimit = 16 << 20

    init(path: String, memory: FileMemory? = nil, fetchedDockerfile: [UInt8]? = nil) {
        self.path = path
        self.memory = memory
        self.fetchedDockerfile = fetchedDockerfile
    }

    /// Where its files are; after `dockerfile` was called without what its rules exclude.
    var origin: FileOrigin { .directory(path: path, ignore: rules.withLock { $0 }, memory: memory) }

    // MARK: - The Dockerfile

    /// Finds and reads the Dockerfile; from now on what its `.dockerignore` excludes is not there.
    func dockerfile(_ file: BuildRequest.File) throws(EngineError) -> (name: String, bytes: [UInt8]) {
        let root = try openRoot()
        switch file {
        case .text(let bytes):
            try readRules(try read(".dockerignore", in: root))
            return ("Dockerfile", bytes)
        case .path(let path) where path.hasPrefix("/"):
            let bytes = try readHost(path, missing: true) ?? []
            var rules = try readHost(path + ".dockerignore", missing: false)
            if rules == nil { rules = try read(".dockerignore", in: root) }
            try readRules(rules)
            return (PathBytes.string(PathBytes.names(path.utf8).last ?? []), bytes)
        case .path(let path):
            guard let bytes = try read(path, in: root) else { throw Self.missing(path) }
            try readRules(of: path, in: root)
            return (PathBytes.string(PathBytes.names(path.utf8).last ?? []), bytes)
        case .standard:
            if let fetchedDockerfile { return ("Dockerfile", fetchedDockerfile) }
            for name in ["Dockerfile", "dockerfile", "Containerfile"] {
                guard let bytes = try read(name, in: root) else { continue }
                try readRules(of: name, in: root)
                return (name, bytes)
            }
            throw Self.missing("Dockerfile")
        }
    }

    private static func missing(_ path: String) -> EngineError {
        EngineError(
            .notFound, "failed to read dockerfile: open \(printable(path)): no such file or directory",
            hint: "-f names a Dockerfile that is called otherwise or is elsewhere")
    }

    private func openRoot() throws(EngineError) -> RootDirectory {
        do throws(SystemError) {
            return RootDirectory(try OwnedDescriptor.open(path, O_RDONLY | O_DIRECTORY))
        } catch {
            throw EngineError(.system, "cannot open the context \(printable(path))", cause: error)
        }
    }

    /// From now on what the context's own `.dockerignore` excludes is not there.
    func applyRules() throws(EngineError) { try readRules(try read(".dockerignore", in: try openRoot())) }

    /// Its own come before the context's.
    private func readRules(of dockerfile: String, in root: RootDirectory) throws(EngineError) {
        var rules = try read(dockerfile + ".dockerignore", in: root)
        if rules == nil { rules = try read(".dockerignore", in: root) }
        try readRules(rules)
    }

    private func readRules(_ text: [UInt8]?) throws(EngineError) {
        guard let text else { return }
        let read = try IgnoreRules(text)
        rules.withLock { $0 = read }
    }

    /// A file of the context, no link of which leads out; `nil` when there is none.
    private func read(_ name: String, in root: RootDirectory) throws(EngineError) -> [UInt8]? {
        let place = try root.resolve(Array(name.utf8))
        guard let last = place.names.last, place.facts != nil, !place.isDirectory,
            let parent = try root.directory(place.names.dropLast())
        else { return nil }
        let file = try parent.file(last)
        do throws(SystemError) { return try file.readAll(limit: Self.dockerfileLimit) } catch {
            throw EngineError(.system, "cannot read \(printable(name))", cause: error)
        }
    }

    /// A file that the person has named.
    private func readHost(_ path: String, missing isError: Bool) throws(EngineError) -> [UInt8]? {
        do throws(SystemError) { return try Files.read(path, limit: Self.dockerfileLimit) } catch {
            if error.number == ENOENT || error.number == ENOTDIR {
                if isError { throw Self.missing(path) }
                return nil
            }
            throw EngineError(.system, "cannot read \(printable(path))", cause: error)
        }
    }
}
