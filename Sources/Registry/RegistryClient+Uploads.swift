import Engine
import HTTP
import OCI

extension RegistryClient {
    /// Sessions that a registry may lose before an upload is given up: distribution loses one with every connection that
    /// breaks in the middle of a chunk.
    private static let sessions = 5

    /// Asks the registry to take a blob over from another of its repositories; `false` when it does not, or cannot.
    public func mountBlob(
        _ digest: Digest, from source: ImageReference, into repository: ImageReference
    ) async throws -> Bool {
        guard source.domain == repository.domain, source.path != repository.path else { return false }
        let call = RegistryCall(
            "POST",
            .path(
                "/v2/\(repository.path)/blobs/uploads/", [("mount", digest.description), ("from", source.path)]),
            scopes: [TokenScope.push(repository.path), TokenScope.pull(source.path)])
        let endpoint = transport.table.upstream(repository.domain)
        var loop = retries(of: endpoint)
        let subject = Subject.blob(digest.description, of: repository, verb: "push")
        let answer = try await loop.run {
            // Whatever is wrong with the source or with mounting, the blob can still be uploaded.
            try await self.exchange(call, with: endpoint, about: subject) {
                (200...299).contains($0) || [400, 401, 403, 404, 405].contains($0)
            }
        }
        await answer.discard()
        if answer.status == 202, let session = answer.location {
            // The registry has begun an upload instead. Nobody minds when it cannot be ended: it ends by itself.
            let end = RegistryCall("DELETE", .address(session), scopes: [TokenScope.push(repository.path)])
            await (try? exchange(end, with: endpoint, about: subject))?.discard()
        }
        return answer.status == 201
    }

    /// Uploads a blob, in chunks, resumed where the registry says after a broken connection.
    ///
    /// - Parameters:
    ///   - read: the blob's bytes from an offset on, a piece at a time, empty at the end.
    ///   - progress: bytes that the registry has so far.
    ///   - retrying: told in a sentence why something is tried again.
    public func uploadBlob(
        _ blob: Descriptor, to repository: ImageReference,
        read: @escaping @Sendable (_ offset: Int64) async throws -> [UInt8],
        progress: @escaping @Sendable (Int64) -> Void,
        retrying: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws {
        let digest = try Digest.parse(blob.digest, in: "the manifest of \(repository.repository)")
        let endpoint = transport.table.upstream(repository.domain)
        let upload = BlobUpload(
            client: self, endpoint: endpoint, repository: repository, digest: digest, size: blob.size, read: read,
            progress: progress)
        var loop = retries(of: endpoint, retrying: retrying)
        var state = BlobUpload.State.unbegun
        var best: Int64 = 0
        var lost = 0
        while state != .complete {
            do {
                state = try await upload.step(state)
                // A session that goes back and forth makes no progress.
                if state.position > best {
                    best = state.position
                    loop.progressed()
                }
            } catch let failure as Retryable {
                try await loop.failed(failure)
                state = state.interrupted
            } catch is BlobUpload.SessionLost {
                lost += 1
                let message = "\(repository.domain) has lost the upload of the blob \(digest)"
                guard lost < Self.sessions else { throw EngineError(.unreachable, "\(message) \(lost) times") }
                try await loop.failed(Retryable(error: EngineError(.unreachable, message), retryAfter: nil))
                state = .unbegun
                best = 0
            }
        }
    }
}
