import Engine
import FoundationEssentials
import HTTP
import OCI

extension RegistryClient {
    private static let accepted = [
        MediaType.index, MediaType.manifest, MediaType.dockerManifestList, MediaType.dockerManifest,
    ]

    /// The manifest or index that `reference` names: by its digest when it has one, else by its tag.
    /// The bytes match the digest and are at most 4 MiB.
    public func manifest(_ reference: ImageReference) async throws -> RemoteManifest {
        try await throughMirrors(reference.domain) { endpoint in
            var loop = retries(of: endpoint)
            return try await loop.run { try await self.manifest(reference, from: endpoint) }
        }
    }

    /// The same without its bytes; `nil` when the registry has no such manifest.
    public func manifestDescriptor(_ reference: ImageReference) async throws -> Descriptor? {
        do {
            return try await throughMirrors(reference.domain) { endpoint in
                var loop = retries(of: endpoint)
                return try await loop.run { try await self.descriptor(reference, from: endpoint) }
            }
        } catch let error as EngineError where error.code == .notFound {
            return nil
        }
    }

    /// Puts a manifest under the reference's tag, or under its digest when it has no tag. Refuses a registry that
    /// answers another digest than the bytes'.
    public func putManifest(_ bytes: [UInt8], mediaType: String, as reference: ImageReference) async throws {
        let digest = Digest(of: bytes)
        var call = RegistryCall(
            "PUT", .path("/v2/\(reference.path)/manifests/\(reference.tag ?? digest.description)"),
            scopes: [TokenScope.push(reference.path)])
        call.headers["Content-Type"] = mediaType
        call.body = { .bytes(bytes) }
        let endpoint = transport.table.upstream(reference.domain)
        var loop = retries(of: endpoint)
        let sent = call
        let answer = try await loop.run {
            try await self.exchange(sent, with: endpoint, about: .manifest(reference, verb: "push"))
        }
        let told = answer.headers["docker-content-digest"].flatMap { Digest($0) }
        await answer.discard()
        guard told.map({ $0 == digest }) ?? true else {
            throw EngineError(
                .corrupted, "\(reference.domain) keeps the manifest of \(reference.familiar) under another digest")
        }
    }

    private func call(_ method: String, _ reference: ImageReference) -> RegistryCall {
        var call = RegistryCall(
            method, .path("/v2/\(reference.path)/manifests/\(reference.digest ?? reference.tag ?? "latest")"),
            scopes: [TokenScope.pull(reference.path)])
        call.headers["Accept"] = Self.accepted.joined(separator: ", ")
        call.followsRedirects = true
        return call
    }

    private func manifest(_ reference: ImageReference, from endpoint: Endpoint) async throws -> RemoteManifest {
        let subject = Subject.manifest(reference)
        let answer = try await exchange(call("GET", reference), with: endpoint, about: subject) { $0 == 200 }
        let bytes = try await document(answer, subject)
        let digest = Digest(of: bytes)
        // Another algorithm than SHA-256 is nothing that can be checked here.
        let told = reference.digest ?? answer.headers["docker-content-digest"].flatMap { Digest($0)?.description }
        guard told.map({ $0 == digest.description }) ?? true else {
            throw EngineError(
                .corrupted,
                "\(endpoint.registry) answers for \(reference.familiar) with bytes that hash to \(digest) and not to "
                    + shown(told ?? ""))
        }
        let type = try ManifestType.check(
            bytes, told: answer.headers["content-type"], name: reference.familiar, registry: endpoint.registry)
        return RemoteManifest(
            bytes: bytes, mediaType: type, digest: digest, mirror: endpoint.isMirror ? endpoint.registry : nil,
            rateLimit: RateLimit(answer.headers)?.words)
    }

    private func descriptor(_ reference: ImageReference, from endpoint: Endpoint) async throws -> Descriptor {
        let subject = Subject.manifest(reference)
        let statuses = [200, 400, 405, 406, 501]
        let answer = try await exchange(call("HEAD", reference), with: endpoint, about: subject) {
            statuses.contains($0)
        }
        await answer.discard()
        let told = answer.headers["docker-content-digest"].flatMap { Digest($0)?.description }
        let type = ManifestType.name(answer.headers["content-type"])
        guard answer.status == 200, let digest = told ?? reference.digest, let size = answer.response.contentLength,
            size > 0, let type, MediaType.isIndex(type) || MediaType.isManifest(type)
        else {
            // Registries that know no HEAD, or say too little.
            return try await manifest(reference, from: endpoint).descriptor
        }
        guard reference.digest.map({ $0 == digest }) ?? true else {
            throw EngineError(.corrupted, "\(endpoint.registry) answers for \(reference.familiar) with another digest")
        }
        return Descriptor(mediaType: type, digest: digest, size: size)
    }
}
