import Engine
import Images
import LinuxSystem
import OCI
import Runtime
import Registry

extension LocalEngine {
    /// Checks stored bytes. See `ImageExploring`.
    public func verifyImages(
        _ references: [String], repair: Bool, progress: @escaping TransferProgress
    ) async throws -> [ImageVerification] {
        guard repair else { return try await verifyImages(references, refetch: nil, repair: false, progress) }
        return try await withRegistries { [self] client in
            try await verifyImages(references, refetch: Self.refetch(client, progress), repair: true, progress)
        }
    }

    private func verifyImages(
        _ references: [String], refetch: ImageVerifier.Refetch?, repair: Bool, _ progress: @escaping TransferProgress
    ) async throws -> [ImageVerification] {
        let verifier = ImageVerifier(
            store, repairs: repair, runningImages: { [self] in try runningImages() }, refetch: refetch,
            progress: progress)
        do { return try await verifier.verify(references) } catch is CancellationError {
            throw EngineError(.cancelled, "cancelled")
        }
    }

    /// A registry keeps manifests and blobs apart.
    private static func refetch(
        _ client: RegistryClient, _ progress: @escaping TransferProgress
    ) -> ImageVerifier.Refetch {
        { blob, repository, sink in
            guard MediaType.isManifest(blob.mediaType) || MediaType.isIndex(blob.mediaType) else {
                return try await client.fetchBlob(
                    blob, of: repository, from: 0,
                    retrying: { reason in
                        progress(
                            .blob(
                                BlobProgress(
                                    digest: blob.digest, size: blob.size, phase: .retrying(reason: reason))))
                    }, into: sink)
            }
            let digest = try Digest.parse(blob.digest, in: "the index of the image store")
            try await sink(client.manifest(repository.at(digest)).bytes)
        }
    }

    private func runningImages() throws -> Set<ImageID> {
        Set(try records.all().filter { status($0.id)?.hasMonitor == true }.map(\.imageID))
    }
}
