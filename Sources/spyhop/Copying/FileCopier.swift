import Engine
import Glibc
import Images
import LinuxSystem

/// Carries out `cp`: tar streams between an engine and this machine's files.
struct FileCopier: Sendable {
    let engine: any ContainerEngine
    /// The caller's working directory.
    let directory: String
    let followLink: Bool
    let keepOwners: Bool

    /// Copies.
    func copy(_ request: CopyRequest) async throws {
        switch request {
        case .out(let container, let path, nil):
            let path = CopyPath(path, in: "/").path
            try await engine.copyOut(path, from: container, followLink: followLink, toDescriptor: 1)
        case .out(let container, let path, let target?):
            try await copyOut(CopyPath(path, in: "/"), of: container, to: CopyPath(target, in: directory))
        case .into(let container, let path, nil):
            let target = CopyPath(path, in: "/")
            guard try await engine.stat(target.path, in: container, followLink: true)?.isDirectory == true else {
                throw EngineError(.invalidArgument, "\(container):\(target.path) is not a directory")
            }
            try await engine.copyIn(fromDescriptor: 0, to: target.path, in: container, keepOwners: keepOwners)
        case .into(let container, let path, let from?):
            try await copyIn(CopyPath(from, in: directory), to: CopyPath(path, in: "/"), of: container)
        }
    }

    private func copyIn(_ source: CopyPath, to target: CopyPath, of container: String) async throws {
        let source = followLink ? try resolved(source) : source
        guard let facts = try? Files.status(source.path, followLink: source.isDirectory) else {
            throw EngineError(.notFound, "\(source.path) does not exist")
        }
        let target = try await followedTarget(target, in: container)
        let placement = try target.placement(
            of: source, isDirectory: facts.isDirectory, onto: try await standing(target, in: container))
        guard try await engine.stat(placement.directory, in: container, followLink: true)?.isDirectory == true else {
            throw EngineError(.notFound, "there is no directory \(placement.directory) in \(container)")
        }
        let (read, write) = try Pipe().take()
        async let archived: Void = runOnOwnThread {
            let end = OwnedDescriptor(owning: write)
            let root = try OwnedDescriptor.open(source.parent, O_RDONLY | O_DIRECTORY)
            try TreeArchiver().archive(
                source.path == "/" ? "." : source.name, beneath: root.rawValue, as: placement.name,
                toDescriptor: end.rawValue)
        }
        let end = OwnedDescriptor(owning: read)
        try await engine.copyIn(
            fromDescriptor: end.rawValue, to: placement.directory, in: container, keepOwners: keepOwners)
        try await archived
    }

    /// A destination that is a link to a file is written through, as docker does, as far as links go.
    private func followedTarget(_ target: CopyPath, in container: String) async throws -> CopyPath {
        var target = target
        for _ in 0..<40 {
            guard let facts = try await engine.stat(target.path, in: container, followLink: false),
                facts.isSymbolicLink, let link = facts.linkTarget
            else { return target }
            target = CopyPath(link + (target.isDirectory ? "/" : ""), in: target.parent)
        }
        throw EngineError(.invalidArgument, "there are too many symbolic links at \(target.path)")
    }

    private func standing(_ target: CopyPath, in container: String) async throws -> CopyPath.Standing {
        guard let facts = try await engine.stat(target.path, in: container, followLink: true) else { return .nothing }
        return facts.isDirectory ? .directory : .file
    }

    private func resolved(_ source: CopyPath) throws -> CopyPath {
        guard let path = realpath(source.path, nil) else {
            throw EngineError(.notFound, "\(source.path) does not exist")
        }
        defer { free(path) }
        return CopyPath(String(cString: path) + (source.isContents ? "/." : ""), in: "/")
    }

    private func copyOut(_ source: CopyPath, of container: String, to target: CopyPath) async throws {
        let isFollowed = followLink || source.isDirectory
        guard let facts = try await engine.stat(source.path, in: container, followLink: isFollowed) else {
            throw EngineError(.notFound, "\(container):\(source.path) does not exist")
        }
        let here = try? Files.status(target.path, followLink: true)
        let placement = try target.placement(
            of: source, isDirectory: facts.isDirectory,
            onto: here.map { $0.isDirectory ? .directory : .file } ?? .nothing)
        let staging: StagingDirectory
        do { staging = try StagingDirectory(in: placement.directory) } catch {
            throw EngineError(.system, "cannot write into \(placement.directory): \(error.reason)")
        }
        defer { staging.remove() }
        try await unpack(source.path, of: container, isFollowed: isFollowed, into: staging)
        try staging.deliver(to: placement)
    }

    private func unpack(
        _ path: String, of container: String, isFollowed: Bool, into staging: StagingDirectory
    ) async throws {
        let (read, write) = try Pipe().take()
        let keepOwners = keepOwners
        async let unpacked: Void = runOnOwnThread {
            let end = OwnedDescriptor(owning: read)
            let directory = try OwnedDescriptor.open(staging.path, O_RDONLY | O_DIRECTORY)
            try TreeExtractor(keepOwners: keepOwners).extract(
                fromDescriptor: end.rawValue, into: directory.rawValue)
        }
        do {
            let end = OwnedDescriptor(owning: write)
            try await engine.copyOut(path, from: container, followLink: isFollowed, toDescriptor: end.rawValue)
        }
        try await unpacked
    }
}
