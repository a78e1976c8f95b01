import Engine
import Images
import LinuxSystem
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
        let digest = try Digest.parse(blob.digest, in: "the manifest")
        let file = try OwnedDescriptor.open("\(store.root)/blobs/sha256/\(digest.hex)")
        var position = offset
        while true {
            try Task.checkCancellation()
            let start = position
            let piece = try [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
                count = try file.pread(into: UnsafeMutableRawBufferPointer(buffer), at: start)
            }
            if piece.isEmpty { return }
            try await sink(piece)
            position += Int64(piece.count)
        }
    }
}
