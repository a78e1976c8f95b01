import Engine
import OCI

extension ImageStore {
    /// The layers of every image, by their digests, with the bytes of content that each has. An image whose documents are
    /// damaged is left out.
    public func layerSizes() throws(EngineError) -> [ImageID: [String: Int64]] {
        var images: [ImageID: [String: Int64]] = [:]
        for descriptor in try readIndex().manifests {
            guard let stored = try? readImage(descriptor), images[stored.id] == nil else { continue }
            var layers: [String: Int64] = [:]
            for (diffID, layer) in zip(stored.diffIDs, stored.manifest.layers) {
                layers[diffID.description] = try findLayer(diffID)?.record.size ?? layer.size
            }
            images[stored.id] = layers
        }
        return images
    }
}
