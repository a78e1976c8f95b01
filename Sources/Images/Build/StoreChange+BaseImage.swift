import Engine
import OCI

extension StoreChange {
    /// An image that is here, with its layers unpacked, to build on.
    ///
    /// - Parameter platform: `nil`: the store's.
    /// - Throws: `.notFound` when it is not here, or not for this platform.
    public func baseImage(_ reference: String, platform: Platform?) throws(EngineError) -> BaseImage {
        let wanted = platform ?? store.platform
        let here = ImageStore(
            root: store.root, platform: wanted, limits: store.limits, imagesInUse: store.imagesInUse)
        let found = try here.find(reference, in: try here.readIndex())
        let image = found.image
        let own = Platform(
            architecture: image.configuration.architecture, os: image.configuration.os,
            variant: image.configuration.variant)
        guard wanted.runs(own) || own.architecture.isEmpty else {
            throw EngineError(
                .notFound,
                "the image \(printable(reference)) that is here is for \(own.text), not \(wanted.text)"
            )
        }
        var layers: [BuiltLayer] = []
        for ((diffID, descriptor), directory) in zip(
            zip(image.diffIDs, image.manifest.layers), try here.unpackedLayers(of: image))
        {
            let size = try here.layerRecord(directory)?.size ?? descriptor.size
            layers.append(
                BuiltLayer(diffID: diffID, descriptor: descriptor, directory: directory, size: size))
        }
        return BaseImage(
            id: image.id, name: Self.name(of: found, asked: reference), configuration: image.configuration,
            layers: layers)
    }

    /// With the digest that its registry knows it by, else with its manifest's own.
    private static func name(of found: ImageStore.Found, asked reference: String) -> String {
        let name = found.name ?? (try? ImageReference(reference))
        guard let name else { return found.image.id.rawValue }
        let repository = "\(name.domain)/\(name.path)"
        let known = found.repoDigests.first { $0.hasPrefix(repository + "@") }
        let digest =
            known.map { String($0.dropFirst(repository.utf8.count + 1)) } ?? found.image.manifestDescriptor.digest
        guard name.digest == nil else { return "\(repository)@\(digest)" }
        return "\(name.full)@\(digest)"
    }
}
