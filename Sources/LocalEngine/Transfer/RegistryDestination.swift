import Engine
import Images
import OCI
import Registry

/// A registry as a place to copy to. What was put counts at once; a manifest comes after all that it names.
struct RegistryDestination: ImageDestination {
    let client: RegistryClient
    let reference: ImageReference
    /// Where the image comes from, when that is a registry too: the same one takes blobs over from its own repository.
    let origin: ImageReference?

    var width: Int { 3 }
    var takesIndexes: Bool { true }

    func prepare(_ manifest: ManifestContent, _ image: ImageManifest) async throws {}

    func hasBlob(_ blob: Descriptor) async throws -> Bool {
        let digest = try digest(blob)
        if try await client.hasBlob(digest, in: reference) { return true }
        guard let origin, origin.domain == reference.domain, origin.path != reference.path else { return false }
        return try await client.mountBlob(digest, from: origin, into: reference)
    }

    func putBlob(_ blob: Descriptor, _ bytes: @escaping BlobBytes) async throws {
        let puller = BlobPuller(bytes)
        try await client.uploadBlob(
            blob, to: reference, read: { offset in try await puller.read(at: offset) }, progress: { _ in })
    }

    func putManifest(_ manifest: ManifestContent, names: [String]?) async throws {
        let name = names == nil ? try reference.at(manifest.digest) : reference
        try await client.putManifest(manifest.bytes, mediaType: manifest.mediaType, as: name)
    }

    func commit() async throws {}

    /// Blobs that no manifest names are the registry's to collect.
    func abandon() async {}

    private func digest(_ blob: Descriptor) throws -> Digest {
        try Digest.parse(blob.digest, in: "the manifest of \(reference.familiar)")
    }
}
