import Engine
import Images
import OCI
import Registry

extension LocalEngine {
    /// Puts an image, or all tags of a repository, into the registry that the name tells. See `ImageTransferring`.
    public func push(
        _ request: PushRequest, progress: @escaping TransferProgress
    ) async throws -> [PushedImage] {
        let reference = try ImageReference(request.reference)
        guard reference.digest == nil else {
            throw EngineError(
                .invalidArgument, "cannot push \(reference.familiar): a registry gives digests, nobody chooses them",
                hint: "push a name with a tag")
        }
        let references = request.allTags ? try localTags(of: reference) : [reference]
        return try await withRegistries { client in
            var pushed: [PushedImage] = []
            for reference in references {
                pushed.append(try await push(reference, client, progress))
                emit("push", image: reference.familiar)
            }
            return pushed
        }
    }

    private func push(
        _ reference: ImageReference, _ client: RegistryClient, _ progress: @escaping TransferProgress
    ) async throws -> PushedImage {
        let change = try store.beginChange()
        defer { change.finish() }
        let manifest = try store.manifest(of: reference.familiar)
        let pushed = try await PushOperation(
            client: client, change: change, reference: reference, manifest: manifest, tell: progress
        ).run()
        _ = try change.publish(
            PublishedImage(
                manifest: manifest.descriptor, name: reference,
                repoDigest: "\(reference.fullRepository)@\(pushed.digest)"))
        return PushedImage(reference: reference.familiar, digest: pushed.digest, size: pushed.size)
    }

    private func localTags(of reference: ImageReference) throws -> [ImageReference] {
        let names = try store.images().flatMap(\.tags).compactMap { try? ImageReference($0) }
        let found = names.filter { $0.repository == reference.repository && $0.digest == nil }
        guard !found.isEmpty else {
            throw EngineError(
                .notFound, "no image here has a tag in the repository \(reference.repository)",
                hint: "spyhop tag IMAGE \(reference.repository):TAG gives it one")
        }
        return found.sorted { $0.familiar < $1.familiar }
    }
}
