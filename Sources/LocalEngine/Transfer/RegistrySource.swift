import Engine
import Images
import OCI
import Registry

/// A registry as a place to copy from.
struct RegistrySource: ImageSource {
    let client: RegistryClient
    let reference: ImageReference

    func manifest() async throws -> ManifestContent { try await content(reference) }

    func manifest(_ descriptor: Descriptor) async throws -> ManifestContent {
        try await content(reference.at(Digest.parse(descriptor.digest, in: "the index of \(reference.familiar)")))
    }

    func readBlob(
        _ blob: Descriptor, from offset: Int64, into sink: @escaping @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        try await client.fetchBlob(blob, of: reference, from: offset, into: sink)
    }

    private func content(_ reference: ImageReference) async throws -> ManifestContent {
        let manifest = try await client.manifest(reference)
        return ManifestContent(bytes: manifest.bytes, mediaType: manifest.mediaType)
    }
}
