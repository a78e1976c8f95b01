import Engine
import HTTP
import OCI

/// The upload of one blob (distribution-spec, "Pushing a blob in chunks"), a step a request.
struct BlobUpload: Sendable {
    /// Where an upload stands.
    enum State: Equatable, Sendable {
        /// No session yet.
        case unbegun
        /// The registry has `position` bytes; each request of at least `least` bytes, but for the last.
        case open(session: WebAddress, position: Int64, least: Int64)
        /// A request broke off: only the registry knows how many bytes it has.
        case uncertain(session: WebAddress, least: Int64)
        /// All bytes have been sent, and the session is to be closed.
        case sent(session: WebAddress)
        /// The closing broke off: the blob may be there or not.
        case closing(session: WebAddress)
        /// The registry has the blob.
        case complete

        /// Bytes that the registry is known to have.
        var position: Int64 {
            switch self {
            case .unbegun, .uncertain: 0
            case .open(_, let position, _): position
            case .sent, .closing, .complete: .max
            }
        }

        /// What is known after a request that began here has failed.
        var interrupted: State {
            switch self {
            case .open(let session, _, let least): .uncertain(session: session, least: least)
            case .sent(let session): .closing(session: session)
            case .unbegun, .uncertain, .closing, .complete: self
            }
        }
    }

    /// The registry knows nothing of the session any more.
    struct SessionLost: Error {}

    let client: RegistryClient
    let endpoint: Endpoint
    let repository: ImageReference
    let digest: Digest
    let size: Int64
    let read: @Sendable (Int64) async throws -> [UInt8]
    let progress: @Sendable (Int64) -> Void

    private var subject: Subject { .blob(digest.description, of: repository, verb: "push") }
    private var scopes: [String] { [TokenScope.push(repository.path)] }

    /// Does the next request.
    /// - Throws: `Retryable`, `SessionLost`, `EngineError`, and what `read` throws.
    func step(_ state: State) async throws -> State {
        switch state {
        case .unbegun: try await begin()
        case .open(let session, let position, let least):
            position < size ? try await patch(session, position, least) : .sent(session: session)
        case .uncertain(let session, let least): try await ask(session, least)
        case .sent(let session): try await close(session)
        case .closing(let session):
            try await client.hasBlob(digest, in: repository) ? .complete : .uncertain(session: session, least: 0)
        case .complete: .complete
        }
    }

    private func begin() async throws -> State {
        let call = RegistryCall("POST", .path("/v2/\(repository.path)/blobs/uploads/"), scopes: scopes)
        let answer = try await client.exchange(call, with: endpoint, about: subject) { $0 == 202 }
        await answer.discard()
        let told = answer.headers["oci-chunk-min-length"].flatMap { Int64($0) } ?? 0
        progress(0)
        return .open(session: try location(answer), position: 0, least: max(0, min(told, 1 << 30)))
    }

    private func patch(_ session: WebAddress, _ position: Int64, _ least: Int64) async throws -> State {
        let end = min(size, position + max(client.tuning.chunk, least))
        var call = RegistryCall("PATCH", .address(session), scopes: scopes)
        call.headers["Content-Type"] = "application/octet-stream"
        call.headers["Content-Range"] = "\(position)-\(end - 1)"
        call.body = { .stream(length: end - position, next: ChunkReader(from: position, to: end, read: read).next) }
        let answer = try await client.exchange(call, with: endpoint, about: subject) {
            (200...299).contains($0) || $0 == 404 || $0 == 416
        }
        await answer.discard()
        if answer.status == 404 { throw SessionLost() }
        if answer.status == 416 { throw parted }
        let reached = try self.position(answer, after: end)
        guard reached > position else { throw parted }
        progress(reached)
        return .open(session: try location(answer, else: session), position: reached, least: least)
    }

    /// Asks the session how far it has come.
    private func ask(_ session: WebAddress, _ least: Int64) async throws -> State {
        let call = RegistryCall("GET", .address(session), scopes: scopes)
        let answer = try await client.exchange(call, with: endpoint, about: subject) {
            $0 == 204 || $0 == 200 || $0 == 202 || $0 == 404
        }
        await answer.discard()
        if answer.status == 404 { throw SessionLost() }
        let reached = try position(answer, after: 0)
        progress(reached)
        return .open(session: try location(answer, else: session), position: reached, least: least)
    }

    private func close(_ session: WebAddress) async throws -> State {
        guard let address = session.adding([("digest", digest.description)]) else {
            throw unusable(session.description)
        }
        var call = RegistryCall("PUT", .address(address), scopes: scopes)
        call.isSlow = true
        call.headers["Content-Type"] = "application/octet-stream"
        let answer = try await client.exchange(call, with: endpoint, about: subject) {
            (200...299).contains($0) || $0 == 404 || $0 == 416
        }
        let told = answer.headers["docker-content-digest"].flatMap { Digest($0) }
        await answer.discard()
        if answer.status == 404 { throw SessionLost() }
        if answer.status == 416 { throw parted }
        guard told.map({ $0 == digest }) ?? true else {
            throw EngineError(.corrupted, "\(repository.domain) keeps the \(subject.thing) under another digest")
        }
        progress(size)
        return .complete
    }

    /// The registry's count of bytes is not ours: it is asked for it, after a while.
    private var parted: Retryable {
        let message = "\(repository.domain) does not take the next bytes of the \(subject.thing)"
        return Retryable(error: EngineError(.unreachable, message), retryAfter: nil)
    }

    /// The bytes that the registry says it has; `expected` when it says nothing.
    private func position(_ answer: RegistryAnswer, after expected: Int64) throws -> Int64 {
        guard let text = answer.headers["range"] else { return expected }
        guard let range = ByteRange(sessionRange: text), range.first == 0, range.last < size else {
            // What an empty session answers is written in two ways, neither of which is a range of no bytes.
            if text == "0-0" || text == "0--1" || text == "bytes=0-0" { return 0 }
            throw EngineError(
                .unsupported,
                "\(repository.domain) says that it has the bytes \"\(shown(text, limit: 80))\" of the "
                    + "\(subject.thing), which has \(size)")
        }
        // distribution answers `0-0` for nothing and for one byte alike; the one byte is sent again rather than left
        // out.
        return range.last == 0 && expected == 0 ? 0 : range.last + 1
    }

    private func location(_ answer: RegistryAnswer, else fallback: WebAddress? = nil) throws -> WebAddress {
        guard let text = answer.headers["location"] else {
            guard let fallback else { throw unusable("") }
            return fallback
        }
        guard let address = answer.location else { throw unusable(text) }
        guard address.origin.isSecure || !answer.address.origin.isSecure || endpoint.isInsecure else {
            throw EngineError(
                .denied,
                "\(repository.domain) sends the upload from TLS to plain HTTP: "
                    + shown(address.description, limit: 200),
                hint: "the registry behind its proxy has to know that it is reached by https")
        }
        return address
    }

    private func unusable(_ text: String) -> EngineError {
        EngineError(
            .unsupported,
            "\(repository.domain) names no usable place for the upload: \"\(shown(text, limit: 200))\"")
    }
}
