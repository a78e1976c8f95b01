import Engine
import HTTP
import OCI

extension RegistryClient {
    /// What the caller's own sink threw: never the registry's fault, and never tried again.
    private struct SinkFailure: Error { let cause: any Error }

    /// Fetches a blob from `offset` on and hands its bytes to `sink` in order, waiting for it each time.
    ///
    /// A connection that breaks is resumed where it broke, with back-off, told to `retrying` as a sentence. More bytes
    /// than the descriptor tells are refused; fewer too. The digest is the caller's to check, for he has the bytes
    /// before `offset`.
    public func fetchBlob(
        _ blob: Descriptor, of repository: ImageReference, from offset: Int64 = 0,
        retrying: @escaping @Sendable (String) -> Void = { _ in },
        into sink: @escaping @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        let digest = try Digest.parse(blob.digest, in: "the manifest of \(repository.repository)")
        guard offset >= 0, offset <= blob.size else {
            throw EngineError(.corrupted, "the blob \(digest) has no byte \(offset): its size is \(blob.size)")
        }
        var fetch = BlobFetch(
            digest: digest, size: blob.size, position: offset, subject: .blob(blob.digest, of: repository))
        guard fetch.position < fetch.size else { return }
        do {
            try await throughMirrors(
                repository.domain, retrying: retrying, isFinal: { $0 is SinkFailure }
            ) { endpoint in
                try await self.fetch(&fetch, of: repository, from: endpoint, retrying: retrying) { bytes in
                    do { try await sink(bytes) } catch { throw SinkFailure(cause: error) }
                }
            }
        } catch let failure as SinkFailure {
            throw failure.cause
        }
    }

    /// A small blob as a whole, checked against its digest; at most `limit` bytes.
    public func blob(_ blob: Descriptor, of repository: ImageReference, limit: Int) async throws -> [UInt8] {
        guard blob.size <= limit else {
            throw EngineError(
                .corrupted,
                "the blob \(shown(blob.digest)) of \(repository.repository) has \(blob.size) bytes, more than \(limit)"
            )
        }
        let collected = Collected()
        try await fetchBlob(blob, of: repository) { await collected.append($0) }
        let bytes = await collected.bytes
        guard Digest(of: bytes).description == blob.digest else {
            throw EngineError(
                .corrupted,
                "\(repository.domain) sends for the blob \(shown(blob.digest)) of "
                    + "\(repository.repository) bytes that hash to \(Digest(of: bytes))")
        }
        return bytes
    }

    private actor Collected {
        var bytes: [UInt8] = []
        func append(_ more: [UInt8]) { bytes += more }
    }

    /// Whether the repository has a blob.
    public func hasBlob(_ digest: Digest, in repository: ImageReference) async throws -> Bool {
        var call = RegistryCall(
            "HEAD", .path("/v2/\(repository.path)/blobs/\(digest)"), scopes: [TokenScope.pull(repository.path)])
        call.followsRedirects = true
        let endpoint = transport.table.upstream(repository.domain)
        var loop = retries(of: endpoint)
        let sent = call
        // Only who is about to push asks.
        let subject = Subject.blob(digest.description, of: repository, verb: "push")
        let answer = try await loop.run {
            try await self.exchange(sent, with: endpoint, about: subject) { $0 == 200 || $0 == 404 }
        }
        await answer.discard()
        return answer.status == 200
    }

    private func fetch(
        _ fetch: inout BlobFetch, of repository: ImageReference, from endpoint: Endpoint,
        retrying: @escaping @Sendable (String) -> Void, into sink: ([UInt8]) async throws -> Void
    ) async throws {
        var loop = retries(of: endpoint, retrying: retrying)
        while fetch.position < fetch.size {
            let before = fetch.position
            do {
                try await attempt(&fetch, of: repository, from: endpoint, into: sink)
            } catch let failure as Retryable {
                if fetch.position > before { loop.progressed() }
                try await loop.failed(failure)
            }
        }
    }

    /// One request, as far as it leads. `fetch` says afterwards how far that was, also when it fails.
    private func attempt(
        _ fetch: inout BlobFetch, of repository: ImageReference, from endpoint: Endpoint,
        into sink: ([UInt8]) async throws -> Void
    ) async throws {
        var call = RegistryCall(
            "GET", .path("/v2/\(repository.path)/blobs/\(fetch.digest)"), scopes: [TokenScope.pull(repository.path)])
        call.followsRedirects = true
        if let range = fetch.range { call.headers["Range"] = range }
        let asked = fetch.range != nil
        let answer = try await exchange(call, with: endpoint, about: fetch.subject) { status in
            status == 200 || (asked && (status == 206 || status == 416))
        }
        if answer.status == 416 {
            // No range of it is served: all of it is asked for, and what is here already passed over.
            await answer.discard()
            fetch.canResume = false
            return
        }
        var incoming = try fetch.accept(answer)
        var pieces = answer.response.body.makeAsyncIterator()
        while true {
            let piece = try await translated(endpoint, fetch.subject) {
                do {
                    return try await pieces.next()
                } catch  where incoming.isComplete && Task.isCancelled == false {
                    // All is here; how the connection ends does not matter.
                    return nil
                }
            }
            guard let piece else { break }
            guard let wanted = incoming.take(piece) else { throw fetch.tooLong(endpoint.registry) }
            guard !wanted.isEmpty else { continue }
            try await sink(wanted)
            fetch.position += Int64(wanted.count)
            if incoming.isComplete, answer.response.contentLength != nil { return }
        }
        guard fetch.position == fetch.size else {
            throw Retryable(error: fetch.tooShort(endpoint.registry), retryAfter: nil)
        }
    }
}
