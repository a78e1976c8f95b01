import Engine
import Images
import OCI
import Registry

extension LocalEngine {
    /// Copies an image from one place to another. See `ImageTransferring`.
    public func copyImage(_ copy: ImageCopy, progress: @escaping TransferProgress) async throws -> String {
        let platform = try copy.platform.map { (text) throws(EngineError) in try Platform(text: text) }
        return try await withRegistries { [self] client in
            let origin = try copy.source.registryReference
            let source: any ImageSource
            if let origin {
                progress(.began(reference: origin.full))
                source = RegistrySource(client: client, reference: origin)
            } else if let place = try store.source(copy.source) {
                source = place
            } else {
                throw Self.unreachable
            }
            let (destination, names) = try destination(copy.destination, client, origin)
            let operation = ImageCopyOperation(
                from: source, to: destination, platform: platform ?? store.platform, allPlatforms: copy.allPlatforms,
                progress: progress)
            let digest = try await operation.run(names: names)
            if let origin, case .store(let name) = copy.destination {
                try store.addRepoDigest("\(origin.fullRepository)@\(digest)", to: name)
            }
            return digest.description
        }
    }

    private func destination(
        _ location: ImageLocation, _ client: RegistryClient, _ origin: ImageReference?
    ) throws(EngineError) -> (place: any ImageDestination, names: [String]) {
        if let reference = try location.registryReference {
            let place = RegistryDestination(client: client, reference: reference, origin: origin)
            return (place, [reference.familiar])
        }
        guard let place = try store.destination(location) else { throw Self.unreachable }
        return place
    }

    /// The store knows every place but registries, which are not asked of it.
    private static var unreachable: EngineError { EngineError(.unsupported, "a registry is not a place of the store") }
}

extension ImageLocation {
    /// The name, when it is in a registry.
    fileprivate var registryReference: ImageReference? {
        get throws(EngineError) {
            guard case .registry(let name) = self else { return nil }
            return try ImageReference(name)
        }
    }
}
