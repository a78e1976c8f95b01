import Engine
import Glibc
import Images
import LinuxSystem

extension BuildContext {
    /// Opens the request's context: archives are unpacked, repositories checked out, into `change`'s staging area.
    static func open(
        _ request: BuildRequest, change: StoreChange, services: any BuildServices
    ) async throws -> BuildContext {
        switch request.context {
        case .directory(let path): return try openDirectory(path, store: change.store)
        case .archive(let descriptor): return try await openArchive(descriptor, change: change)
        case .remote(let location):
            return try await openRemote(
                location, change: change, services: services, keepsGit: request.keepsGitDirectory,
                agent: request.sshAgents["default"])
        case .empty: return BuildContext(path: try emptyDirectory(change))
        }
    }

    /// Opens a named context that is a directory (absolute path; its `.dockerignore` counts) or a URL of a repository
    /// or an archive. Images (`docker-image://`, `oci-layout://`) are for the caller.
    static func open(
        named name: String, _ location: String, change: StoreChange, services: any BuildServices
    ) async throws -> BuildContext {
        if location.hasPrefix("/") {
            let context = try openDirectory(location, store: change.store)
            try context.applyRules()
            return context
        }
        return try await openRemote(location, change: change, services: services, keepsGit: false, agent: nil)
    }

    private static func openDirectory(_ path: String, store: ImageStore) throws(EngineError) -> BuildContext {
        let facts: FileStatus?
        do throws(SystemError) { facts = try Files.status(path, followLink: true) } catch {
            throw EngineError(.system, "cannot open the context \(printable(path))", cause: error)
        }
        guard let facts else {
            throw EngineError(.notFound, "unable to prepare context: path \"\(printable(path))\" not found")
        }
        guard facts.isDirectory else {
            throw EngineError(
                .invalidArgument, "unable to prepare context: \"\(printable(path))\" is not a directory",
                hint: "the context is a directory; -f names the Dockerfile")
        }
        return BuildContext(path: path, memory: FileMemory(of: path, in: store))
    }

    private static func emptyDirectory(_ change: StoreChange) throws(EngineError) -> String {
        let path = change.newPath()
        do throws(SystemError) { try Files.makeDirectories(path, mode: 0o755) } catch {
            throw EngineError(.system, "cannot prepare the context", cause: error)
        }
        return path
    }

    private static func openArchive(_ descriptor: Int32, change: StoreChange) async throws -> BuildContext {
        let path = try emptyDirectory(change)
        let limits = change.store.limits
        // A stream may take its time.
        try await runOnOwnThread { try unpack(descriptor, into: path, limits: limits) }
        return BuildContext(path: path)
    }

    /// Whoever the archive says that files belong to, in a context they are root's.
    private static func unpack(_ descriptor: Int32, into path: String, limits: ArchiveLimits) throws(EngineError) {
        let root: OwnedDescriptor
        do throws(SystemError) { root = try OwnedDescriptor.open(path, O_RDONLY | O_DIRECTORY) } catch {
            throw EngineError(.system, "cannot prepare the context", cause: error)
        }
        try ArchiveUnpacker(limits: limits).unpack(descriptor, into: root.rawValue, owner: (0, 0))
    }

    // MARK: - From elsewhere

    private static func openRemote(
        _ location: String, change: StoreChange, services: any BuildServices, keepsGit: Bool, agent: String?
    ) async throws -> BuildContext {
        if var git = GitSource(location, isContext: true) {
            git.agent = agent
            let path = change.newPath()
            try await git.checkOut(try await git.commit(), into: path, keepsGitDirectory: keepsGit)
            return BuildContext(path: try subdirectory(git.subdirectory, of: path))
        }
        guard location.hasPrefix("http://") || location.hasPrefix("https://") else {
            throw EngineError(
                .invalidArgument, "cannot build from \(printable(location)): it is no directory, repository or URL")
        }
        let fetched = change.newPath()
        _ = try await services.fetch(location, into: fetched)
        let file = try OwnedDescriptor.open(fetched)
        guard ArchiveUnpacker(limits: change.store.limits).isArchive(file.rawValue) else {
            // A text file is a Dockerfile, and there is nothing else.
            let text = try file.readAll(limit: 16 << 20)
            return BuildContext(path: try emptyDirectory(change), fetchedDockerfile: text)
        }
        return try await openArchive(file.rawValue, change: change)
    }

    /// A directory within a checkout, no link of which leads out.
    private static func subdirectory(_ name: String, of path: String) throws(EngineError) -> String {
        guard !name.isEmpty else { return path }
        let root: RootDirectory
        do throws(SystemError) {
            root = RootDirectory(try OwnedDescriptor.open(path, O_RDONLY | O_DIRECTORY))
        } catch {
            throw EngineError(.system, "cannot open the repository's files", cause: error)
        }
        let place = try root.resolve(Array(name.utf8))
        guard place.isDirectory else {
            throw EngineError(.notFound, "the repository has no directory \(printable(name))")
        }
        return ([path] + place.names.map(PathBytes.string)).joined(separator: "/")
    }
}

extension BuildRequest {
    /// `BUILDKIT_CONTEXT_KEEP_GIT_DIR`, a build argument.
    var keepsGitDirectory: Bool {
        arguments["BUILDKIT_CONTEXT_KEEP_GIT_DIR"].map { ["1", "true", "t"].contains($0.lowercased()) } ?? false
    }
}
