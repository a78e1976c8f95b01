import Engine
import OCI

extension ImageStore {
    /// All images, newest first; a dangling one has no tags. One whose documents are damaged is left out: `inspect` tells why.
    public func images() throws(EngineError) -> [Image] {
        let index = try readIndex()
        var images: [ImageID: Image] = [:]
        for descriptor in index.manifests {
            guard let stored = try? readImage(descriptor) else { continue }
            if images[stored.id] == nil { images[stored.id] = try row(stored) }
            if let name = descriptor.reference { images[stored.id]?.tags.append(name.familiar) }
            images[stored.id]?.repoDigests += descriptor.repoDigests.map(familiar)
        }
        return images.values.map { image in
            var image = image
            image.tags.sort()
            image.repoDigests = Set(image.repoDigests).sorted()
            return image
        }.sorted { left, right in
            let (first, second) = (left.createdAt?.nanoseconds ?? 0, right.createdAt?.nanoseconds ?? 0)
            return first == second ? left.id.rawValue < right.id.rawValue : first > second
        }
    }

    /// What `reference` names: `name[:tag]`, `name@digest`, `sha256:…` or the beginning of an identifier.
    /// - Throws: `.notFound`; `.conflict` when the beginning of an identifier fits several images.
    public func inspect(_ reference: String) throws(EngineError) -> ImageDetails {
        let found = try find(reference, in: try readIndex())
        var image = try row(found.image)
        image.tags = found.descriptors.compactMap { $0.reference?.familiar }.sorted()
        image.repoDigests = found.repoDigests.map(familiar)
        return ImageDetails(image, found.image.configuration)
    }

    private func row(_ stored: StoredImage) throws(EngineError) -> Image {
        var size: Int64 = 0
        var counted: Set<Digest> = []
        // A layer that an image has twice is stored once.
        for (diffID, layer) in zip(stored.diffIDs, stored.manifest.layers) where counted.insert(diffID).inserted {
            // Not unpacked yet: what is stored is the best that is known.
            size += try findLayer(diffID)?.record.size ?? layer.size
        }
        let configuration = stored.configuration
        return Image(
            id: stored.id, tags: [], digest: stored.manifestDescriptor.digest,
            createdAt: configuration.created.flatMap { Timestamp(rfc3339: $0) }, size: size,
            architecture: configuration.architecture, os: configuration.os, layerCount: stored.diffIDs.count,
            labels: configuration.config?.labels ?? [:])
    }
}
