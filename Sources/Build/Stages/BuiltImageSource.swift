import Engine
import Images
import OCI

/// A built image as a place to copy from, whether it is listed or not. The build's change holds its content.
struct BuiltImageSource: ImageSource {
    private let store: ImageStore
    private let top: ManifestContent

    init(manifest: [UInt8], in store: ImageStore) {
        self.store = store
        top = ManifestContent(bytes: manifest, mediaType: MediaType.manifest)
    }

    func manifest() async throws -> ManifestContent { top }

    func manifest(_ descriptor: Descriptor) async throws -> ManifestContent { top }

    func readBlob(
        _ blob: Descriptor, from offset: Int64, into sink: @escaping @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        let reader = try store.openBlob(try Digest.parse(blob.digest, in: "the manifest"))
        try await reader.send(from: offset, into: sink)
    }
}
