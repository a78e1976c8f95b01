import Engine
import LinuxSystem
import OCI

/// What the images of an index, containers, the build cache, and the unfinished pulls of the last day need.
struct NeededContent {
    /// Blobs, by their digits.
    private(set) var blobs: Set<String> = []
    /// Unpacked layers, by their diff identifiers.
    private(set) var diffIDs: Set<String> = []
    /// A damaged manifest hides what its image needs.
    private(set) var isUncertain = false
    private let store: ImageStore

    init(
        _ index: ImageIndex, pending: [Digest], inUse: Set<ImageID>, cached: [CachedStep], store: ImageStore
    ) {
        self.store = store
        for layer in cached.compactMap(\.layer) {
            diffIDs.insert(layer.diffID.description)
            if let digest = Digest(layer.descriptor.digest) { blobs.insert(digest.hex) }
        }
        for descriptor in index.manifests { mark(descriptor) }
        for digest in pending { markPending(digest) }
        for image in inUse { if let digest = Digest(image.rawValue) { markConfiguration(digest) } }
    }

    private mutating func mark(_ descriptor: Descriptor, depth: Int = 0) {
        guard let digest = Digest(descriptor.digest), depth < 4 else { return }
        blobs.insert(digest.hex)
        guard MediaType.isIndex(descriptor.mediaType) || MediaType.isManifest(descriptor.mediaType) else { return }
        guard Files.exists(store.blobPath(digest)) else {
            // Of an index, only this platform's manifests need be here.
            if depth == 0 { isUncertain = true }
            return
        }
        do throws(EngineError) {
            let bytes = try store.readDocument(digest, "manifest")
            if MediaType.isIndex(descriptor.mediaType) {
                let index = try JSON.decode(ImageIndex.self, bytes, document: "index")
                for inner in index.manifests { mark(inner, depth: depth + 1) }
                return
            }
            mark(try JSON.decode(ImageManifest.self, bytes, document: "manifest"))
            diffIDs.formUnion(try store.readImage(descriptor).diffIDs.map(\.description))
        } catch {
            // An artifact that is no image has no layers to keep; its blobs are marked already.
            if depth == 0 { isUncertain = true }
        }
    }

    private mutating func mark(_ manifest: ImageManifest) {
        for blob in [manifest.config] + manifest.layers {
            if let digest = Digest(blob.digest) { blobs.insert(digest.hex) }
        }
    }

    /// An unfinished pull's manifest: whatever is here of it is worth keeping, and nothing is said by what is missing.
    private mutating func markPending(_ digest: Digest) {
        blobs.insert(digest.hex)
        guard let bytes = try? store.readDocument(digest, "manifest"),
            let manifest = try? JSON.decode(ImageManifest.self, bytes, document: "")
        else { return }
        mark(manifest)
        if let configuration = Digest(manifest.config.digest) { markConfiguration(configuration) }
    }

    private mutating func markConfiguration(_ digest: Digest) {
        blobs.insert(digest.hex)
        guard let bytes = try? store.readDocument(digest, "configuration"),
            let configuration = try? JSON.decode(ImageConfiguration.self, bytes, document: "")
        else { return }
        diffIDs.formUnion(configuration.rootfs.diffIDs)
    }
}
