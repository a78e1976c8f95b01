import Engine
import Glibc
import LinuxSystem
import OCI

extension ImageStore {
    /// The image that `reference` names, with its layers unpacked; well below a millisecond when it was resolved before.
    public func resolve(_ reference: String) throws(EngineError) -> ResolvedImage {
        if let stamp = indexStamp(), let cached = readResolved(reference, stamp: stamp) { return cached }
        // The stamp comes before the index: an index that is replaced in between makes the cache stale, never wrong.
        let stamp = indexStamp()
        let found = try find(reference, in: try readIndex())
        let layers = try unpackedLayers(of: found.image)
        let defaults = found.image.configuration.config
        let resolved = ResolvedImage(
            id: found.image.id,
            reference: found.name?.familiar ?? found.repoDigest.map(familiar) ?? found.image.id.rawValue,
            layers: layers.reversed(), layersDirectory: layersDirectory, entrypoint: defaults?.entrypoint ?? [],
            command: defaults?.command ?? [], environment: defaults?.environment ?? [],
            workingDirectory: defaults?.workingDirectory ?? "", user: defaults?.user ?? "",
            stopSignal: defaults?.stopSignal, labels: defaults?.labels ?? [:],
            volumes: defaults?.volumes?.keys.sorted() ?? [], exposedPorts: defaults?.exposedPorts?.keys.sorted() ?? [],
            healthCheck: defaults?.healthcheck.map(HealthCheck.init))
        if let stamp { writeResolved(resolved, reference, stamp: stamp) }
        return resolved
    }

    /// Lowest first. An image that another program has put into the layout is unpacked here.
    func unpackedLayers(of image: StoredImage) throws(EngineError) -> [String] {
        var names: [String] = []
        for diffID in image.diffIDs {
            guard let found = try findLayer(diffID) else { return try unpackLayers(of: image) }
            names.append(found.name)
        }
        return names
    }

    private func unpackLayers(of image: StoredImage) throws(EngineError) -> [String] {
        try changing { (staging) throws(EngineError) in
            var names: [String] = []
            for (diffID, layer) in zip(image.diffIDs, image.manifest.layers) {
                let digest = try Digest.parse(layer.digest, in: "manifest \(image.descriptor.digest)")
                names.append(
                    try ensureLayer(diffID, blob: blobPath(digest), blobDigest: digest, in: staging))
            }
            return names
        }
    }

    // MARK: - The cache

    /// Which `index.json` it is: every change makes a new file.
    private func indexStamp() -> String? {
        guard let facts = try? Files.status(indexPath) else { return nil }
        return "\(facts.inode) \(facts.modifiedAt) \(facts.changedAt) \(facts.size)"
    }

    private func cachePath(_ reference: String) -> String {
        // FNV-1a: a cryptographic hash would be the dearest part, and the record tells whose it is.
        let hash = reference.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return "\(resolvedDirectory)/\(String(hash, radix: 16))"
    }

    private func readResolved(_ reference: String, stamp: String) -> ResolvedImage? {
        guard let bytes = try? Files.read(cachePath(reference), limit: 1 << 20),
            let image = ResolvedRecord.decode(bytes, of: reference, stamp: stamp, layersDirectory: layersDirectory),
            image.layers.allSatisfy({ Files.exists("\(layersDirectory)/\($0)") })
        else { return nil }
        return image
    }

    /// A cache that cannot be written costs time, nothing else.
    private func writeResolved(_ image: ResolvedImage, _ reference: String, stamp: String) {
        let bytes = ResolvedRecord.encode(image, of: reference, stamp: stamp)
        try? Files.writeAtomically(bytes, to: cachePath(reference), mode: 0o600)
    }
}

extension HealthCheck {
    /// What an image says; negative numbers, which make no sense, say nothing.
    init(_ configuration: HealthConfiguration) {
        func span(_ value: Int64?) -> Int64 { max(value ?? 0, 0) }
        self.init(
            test: configuration.test ?? [], interval: span(configuration.interval),
            timeout: span(configuration.timeout), startPeriod: span(configuration.startPeriod),
            startInterval: span(configuration.startInterval), retries: max(configuration.retries ?? 0, 0))
    }
}
