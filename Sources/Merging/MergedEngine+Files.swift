import Engine

extension MergedEngine: FileCopying {
    /// See `FileCopying`.
    public func stat(_ path: String, in reference: String, followLink: Bool) async throws -> FileFacts? {
        let (engine, reference, _) = try await container(reference)
        return try await engine.stat(path, in: reference, followLink: followLink)
    }

    /// See `FileCopying`.
    public func copyOut(
        _ path: String, from reference: String, followLink: Bool, toDescriptor descriptor: Int32
    ) async throws {
        let (engine, reference, _) = try await container(reference)
        try await engine.copyOut(path, from: reference, followLink: followLink, toDescriptor: descriptor)
    }

    /// See `FileCopying`.
    public func copyIn(
        fromDescriptor descriptor: Int32, to path: String, in reference: String, keepOwners: Bool
    ) async throws {
        let (engine, reference, _) = try await container(reference)
        try await engine.copyIn(fromDescriptor: descriptor, to: path, in: reference, keepOwners: keepOwners)
    }
}

extension MergedEngine: FileBrowsing {
    /// See `FileBrowsing`.
    public func listDirectory(
        _ path: ContainerPath, in reference: String, limit: Int
    ) async throws -> DirectoryContent {
        let (engine, reference, _) = try await container(reference)
        return try await engine.listDirectory(path, in: reference, limit: limit)
    }

    /// See `FileBrowsing`.
    public func readFile(
        _ path: ContainerPath, in reference: String, from offset: Int64, count: Int
    ) async throws -> FileStretch {
        let (engine, reference, _) = try await container(reference)
        return try await engine.readFile(path, in: reference, from: offset, count: count)
    }

    /// See `FileBrowsing`.
    public func readFile(
        _ path: ContainerPath, in reference: String, toDescriptor descriptor: Int32
    ) async throws -> FileVersion {
        let (engine, reference, _) = try await container(reference)
        return try await engine.readFile(path, in: reference, toDescriptor: descriptor)
    }

    /// See `FileBrowsing`.
    public func replaceFile(
        _ path: ContainerPath, in reference: String, fromDescriptor descriptor: Int32, expecting version: FileVersion?
    ) async throws -> FileVersion {
        let (engine, reference, _) = try await container(reference)
        return try await engine.replaceFile(path, in: reference, fromDescriptor: descriptor, expecting: version)
    }

    /// See `FileBrowsing`.
    public func createFile(
        _ path: ContainerPath, in reference: String, fromDescriptor descriptor: Int32, mode: UInt32
    ) async throws {
        let (engine, reference, _) = try await container(reference)
        try await engine.createFile(path, in: reference, fromDescriptor: descriptor, mode: mode)
    }

    /// See `FileBrowsing`.
    public func makeDirectory(_ path: ContainerPath, in reference: String) async throws {
        let (engine, reference, _) = try await container(reference)
        try await engine.makeDirectory(path, in: reference)
    }

    /// See `FileBrowsing`.
    public func removeFile(_ path: ContainerPath, in reference: String) async throws {
        let (engine, reference, _) = try await container(reference)
        try await engine.removeFile(path, in: reference)
    }

    /// See `FileBrowsing`.
    public func renameFile(_ path: ContainerPath, to target: ContainerPath, in reference: String) async throws {
        let (engine, reference, _) = try await container(reference)
        try await engine.renameFile(path, to: target, in: reference)
    }
}
