import Engine
import Images
import OCI
import Registry

extension LocalEngine {
    /// Fetches an image, or all tags of a repository. See `ImageTransferring`.
    public func pull(
        _ request: PullRequest, progress: @escaping TransferProgress
    ) async throws -> [PulledImage] {
        let reference = try ImageReference(request.reference)
        let platform = try request.platform.map { (text) throws(EngineError) in try Platform(text: text) }
        return try await withRegistries { client in
            var references = [reference]
            if request.allTags {
                references = try await client.tags(of: reference).map { (tag) throws(EngineError) in
                    try reference.tagged(tag)
                }
            }
            var pulled: [PulledImage] = []
            for reference in references {
                let image = try await pull(reference, platform, client, progress)
                emit("pull", image: reference.familiar)
                pulled.append(image)
            }
            return pulled
        }
    }

    private func pull(
        _ reference: ImageReference, _ platform: Platform?, _ client: RegistryClient,
        _ progress: @escaping TransferProgress
    ) async throws -> PulledImage {
        let change = try store.beginChange()
        do {
            let image = try await PullOperation(
                client: client, change: change, reference: reference, platform: platform ?? store.platform,
                isPlatformChosen: platform != nil, layerLimit: store.limits.layers, tell: progress
            ).run()
            change.finish()
            return image
        } catch let error as EngineError where Self.isRefusal(error) {
            change.discard()
            throw error
        } catch {
            change.finish()
            throw error
        }
    }

    /// Whether another try would end the same way: then nothing is kept for it.
    private static func isRefusal(_ error: EngineError) -> Bool {
        [.corrupted, .invalidArgument, .unsupported, .notFound].contains(error.code)
    }
}
