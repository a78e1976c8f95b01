import Engine
import Images
import LinuxSystem
import OCI
import Registry

/// One image on its way from a registry into the store: manifest, configuration, then layers side by side.
struct PullOperation: Sendable {
    let client: RegistryClient
    let change: StoreChange
    let reference: ImageReference
    let platform: Platform
    /// Asked for in words: then an image for another platform is refused.
    let isPlatformChosen: Bool
    let layerLimit: Int
    let tell: TransferProgress

    /// Layers fetched at a time, as docker does.
    private static let width = 3
    private static let configurationLimit = 8 << 20

    func run() async throws -> PulledImage {
        tell(.began(reference: reference.full))
        let top = try await client.manifest(reference)
        if let told = top.rateLimit { tell(.notice(told)) }
        let manifest = try await imageManifest(top)
        let image = try manifest.image(reference.familiar)
        let configuration = try await configuration(image)
        let layers = try pairs(image, configuration)
        try checkPlatform(configuration)
        tell(
            .manifest(
                digest: top.digest.description,
                blobs: layers.map { BlobProgress(digest: $0.blob.digest, size: $0.blob.size, phase: .waiting) }))
        try await forEachConcurrently(layers, width: Self.width) { layer in try await fetch(layer) }
        let state = try change.publish(
            PublishedImage(
                manifest: manifest.descriptor, name: reference,
                repoDigest: "\(reference.fullRepository)@\(top.digest)"))
        return PulledImage(
            reference: reference.familiar, fullReference: reference.full, id: ImageID(rawValue: image.config.digest),
            digest: top.digest.description, isUpToDate: state == .upToDate)
    }

    // MARK: - Documents

    /// The manifest of the chosen platform, through indexes.
    private func imageManifest(_ top: RemoteManifest) async throws -> RemoteManifest {
        var current = top
        // An index may hold an index; hostile ones must not lead in a circle.
        for _ in 0..<4 {
            guard current.isIndex else {
                _ = try change.addDocument(current.bytes)
                return current
            }
            let entry = try current.index(reference.familiar).entry(for: platform, named: reference.familiar)
            let digest = try Digest.parse(entry.digest, in: "the index of \(reference.familiar)")
            if let bytes = try change.document(digest) {
                current = RemoteManifest(bytes: bytes, mediaType: entry.mediaType, digest: digest)
            } else {
                current = try await client.manifest(reference.at(digest))
            }
        }
        throw EngineError(.corrupted, "the index of \(reference.familiar) is nested too deep")
    }

    private func configuration(_ image: ImageManifest) async throws -> ImageConfiguration {
        let what = "the configuration of \(reference.familiar)"
        let digest = try Digest.parse(image.config.digest, in: "the manifest of \(reference.familiar)")
        if let bytes = try change.document(digest) {
            return try RemoteManifest.decode(ImageConfiguration.self, bytes, what)
        }
        let bytes = try await client.blob(image.config, of: reference, limit: Self.configurationLimit)
        let configuration = try RemoteManifest.decode(ImageConfiguration.self, bytes, what)
        _ = try change.addDocument(bytes)
        return configuration
    }

    private func checkPlatform(_ configuration: ImageConfiguration) throws {
        let own = Platform(
            architecture: configuration.architecture, os: configuration.os, variant: configuration.variant)
        guard !platform.runs(own) else { return }
        let words =
            "the platform of \(reference.familiar) is \(printable(own.text)), not \(platform.text)"
        guard !isPlatformChosen else { throw EngineError(.notFound, words) }
        tell(.notice(words))
    }

    // MARK: - Layers

    private struct Layer: Sendable {
        var blob: Descriptor
        var diffID: Digest
    }

    /// Every layer once, lowest first, with what its archive hashes to.
    private func pairs(_ image: ImageManifest, _ configuration: ImageConfiguration) throws -> [Layer] {
        let name = reference.familiar
        guard image.layers.count == configuration.rootfs.diffIDs.count else {
            throw EngineError(
                .corrupted,
                "\(name) is damaged: its manifest has \(image.layers.count) layers, its configuration "
                    + "\(configuration.rootfs.diffIDs.count)")
        }
        guard image.layers.count <= layerLimit else {
            throw EngineError(.unsupported, "\(name) has \(image.layers.count) layers; \(layerLimit) can be mounted")
        }
        var layers: [Layer] = []
        for (blob, text) in zip(image.layers, configuration.rootfs.diffIDs) {
            _ = try Digest.parse(blob.digest, in: "the manifest of \(name)")
            let layer = Layer(blob: blob, diffID: try Digest.parse(text, in: "the configuration of \(name)"))
            if let known = layers.first(where: { $0.blob.digest == blob.digest }) {
                guard known.diffID == layer.diffID else {
                    throw EngineError(.corrupted, "\(name) is damaged: one layer has two diff identifiers")
                }
                continue
            }
            layers.append(layer)
        }
        return layers
    }

    private func fetch(_ layer: Layer) async throws {
        let mark = BlobProgress(digest: layer.blob.digest, size: layer.blob.size, phase: .waiting)
        let meter = ProgressMeter(mark, tell)
        guard try await attempt(layer, meter) else { return }
        // What an interrupted pull had left may have been damaged meanwhile: it is gone now, and all is fetched anew.
        guard try await !attempt(layer, meter) else {
            throw EngineError(.corrupted, "layer \(layer.blob.digest) of \(reference.familiar) cannot be had whole")
        }
    }

    /// Answers whether it is worth another try.
    private func attempt(_ layer: Layer, _ meter: ProgressMeter) async throws -> Bool {
        let ingest = try await change.ingest(layer.blob, diffID: layer.diffID) { meter.enter(.awaitingOther) }
        guard case .wanting(let offset) = ingest.state else {
            meter.enter(.exists)
            return false
        }
        do {
            meter.reach(offset, .downloading)
            try await client.fetchBlob(
                layer.blob, of: reference, from: offset,
                retrying: { reason in meter.enter(.retrying(reason: reason)) },
                into: { bytes in
                    try await ingest.write(bytes)
                    meter.advance(by: bytes.count, .downloading)
                })
            meter.enter(.extracting)
            try await ingest.finish()
            meter.enter(.done)
            return false
        } catch let error as EngineError where error.code == .corrupted && offset > 0 {
            ingest.abandon()
            return true
        } catch {
            ingest.abandon()
            throw error
        }
    }
}
