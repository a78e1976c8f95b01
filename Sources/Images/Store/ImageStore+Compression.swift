import Engine
import LinuxSystem
import OCI

/// Layers of plain tar, as builds make them, compressed for registries. What that comes to is kept beside the layer: a push
/// need only be asked whether it is there already.
extension ImageStore {
    /// What a layer of plain tar has become by `compress` before; `nil` when it has not.
    public func knownCompression(of layer: Descriptor) -> Descriptor? {
        guard let digest = Digest(layer.digest), let found = try? findLayer(digest) else { return nil }
        return found.record.gzip
    }

    /// Compresses a layer of plain tar. Blocks the thread for as long as that takes.
    ///
    /// - Parameter path: where nothing is; nothing is left there.
    /// - Returns: what it has become, and its bytes.
    /// - Throws: `.notFound`, `.system`, `.cancelled`.
    public func compress(
        _ layer: Descriptor, through path: String, isCancelled: () -> Bool
    ) throws(EngineError) -> (descriptor: Descriptor, bytes: BlobReader) {
        let digest = try Digest.parse(layer.digest, in: "the manifest")
        defer { try? Files.remove(path) }
        let sink = try FileSink(path)
        let gzip = try GzipSink(sink)
        let source = try FileSource(blobPath(digest), subject: "layer \(digest)")
        while true {
            guard !isCancelled() else { throw EngineError(.cancelled, "cancelled") }
            let bytes = try source.next()
            if bytes.isEmpty { break }
            try gzip.write(bytes)
        }
        try gzip.finish()
        let (compressed, size) = sink.finish()
        let descriptor = Descriptor(mediaType: MediaType.layerGzip, digest: compressed.description, size: size)
        remember(descriptor, of: digest)
        return (descriptor, try BlobReader(compressed, path: path))
    }

    /// What cannot be noted is found out again.
    private func remember(_ gzip: Descriptor, of layer: Digest) {
        guard let found = try? findLayer(layer) else { return }
        var record = found.record
        record.gzip = gzip
        guard let bytes = try? JSON.encode(record) else { return }
        try? Files.writeAtomically(bytes, to: "\(layersDirectory)/\(found.name).json")
    }
}
