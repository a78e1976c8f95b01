import Engine
import FoundationEssentials
import HTTP

extension DockerEngine: FileCopying {
    private func archive(_ method: String, _ reference: String, _ path: String, _ purpose: String) -> DockerCall {
        DockerCall(
            method, "/containers/\(DockerCall.part(reference))/archive", [("path", path)],
            purpose: "\(purpose) \(reference):\(path)")
    }

    /// See `FileCopying`.
    public func stat(_ path: String, in reference: String, followLink: Bool) async throws -> FileFacts? {
        guard let facts = try await facts(path, in: reference) else { return nil }
        guard followLink, facts.isSymbolicLink, let target = facts.linkTarget, !target.isEmpty else { return facts }
        // The engine tells where a link leads within the container, whole.
        return try await self.facts(target, in: reference) ?? facts
    }

    private func facts(_ path: String, in reference: String) async throws -> FileFacts? {
        let stream: DockerStream
        do {
            stream = try await client.stream(archive("HEAD", reference, path, "look at"))
        } catch let error as EngineError where error.code == .notFound {
            // A HEAD's answer has no words: whether container or path is missing has to be asked.
            _ = try await container(reference)
            return nil
        }
        guard let text = stream.headers["X-Docker-Container-Path-Stat"], let data = Data(base64Encoded: text),
            let node = try? JSONNode(Array(data))
        else { throw EngineError(.corrupted, "\(client.title) does not tell what \(path) is") }
        while try await stream.next() != nil {}
        return Self.facts(node)
    }

    /// The mode is Go's `os.FileMode`: kinds are its high bits.
    static func facts(_ node: JSONNode) -> FileFacts {
        let goMode = node["mode"]?.counter ?? 0
        let kinds: [(bit: Int, type: UInt32)] = [
            (31, 0o040000), (27, 0o120000), (25, 0o010000), (24, 0o140000), (21, 0o020000), (26, 0o060000),
        ]
        let type = kinds.first { goMode >> UInt64($0.bit) & 1 == 1 }?.type ?? 0o100000
        var mode = UInt32(truncatingIfNeeded: goMode & 0o777) | type
        if goMode >> 23 & 1 == 1 { mode |= 0o4000 }
        if goMode >> 22 & 1 == 1 { mode |= 0o2000 }
        if goMode >> 20 & 1 == 1 { mode |= 0o1000 }
        let link = node["linkTarget"]?.words
        return FileFacts(
            isDirectory: type == 0o040000, isSymbolicLink: type == 0o120000, linkTarget: link,
            size: node["size"]?.integer ?? 0, mode: mode)
    }

    /// See `FileCopying`.
    public func copyOut(
        _ path: String, from reference: String, followLink: Bool, toDescriptor descriptor: Int32
    ) async throws {
        var source = path
        if followLink, let facts = try await facts(path, in: reference), facts.isSymbolicLink,
            let target = facts.linkTarget, !target.isEmpty
        {
            source = target
        }
        try await Descriptors.copy(
            try await client.stream(archive("GET", reference, source, "copy")), to: descriptor)
    }

    /// See `FileCopying`.
    public func copyIn(
        fromDescriptor descriptor: Int32, to path: String, in reference: String, keepOwners: Bool
    ) async throws {
        var call = archive("PUT", reference, path, "copy to")
        call.query += [("noOverwriteDirNonDir", "true"), ("copyUIDGID", keepOwners ? "true" : "false")]
        call.body = .stream(type: "application/x-tar") { try await Descriptors.read(descriptor) }
        try await client.done(call.patient)
    }
}

// The files of a container come through archives alone: to look through them one by one would mean to fetch them all.
extension DockerEngine: FileBrowsing {}
