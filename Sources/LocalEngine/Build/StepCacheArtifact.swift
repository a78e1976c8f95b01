import Engine
import FoundationEssentials
import Images
import OCI

/// Steps of a build as an artifact that registries and OCI layouts keep: a manifest whose layers are the steps', and whose
/// configuration is the list of the steps.
final class StepCacheArtifact: ImageSource {
    /// What the configuration is.
    static let configurationType = "application/vnd.spyhop.buildcache.config.v1+json"
    /// What the artifact is called in a directory.
    static let layoutName = "latest"
    /// Bytes that the list may have.
    static let listLimit = 64 << 20

    private let store: ImageStore
    private let configuration: [UInt8]
    private let content: ManifestContent

    /// - Throws: `.system` when the list cannot be written.
    init(_ steps: [CachedStep], store: ImageStore) throws(EngineError) {
        self.store = store
        var seen: Set<String> = []
        let layers = steps.compactMap { $0.layer?.descriptor }.filter { seen.insert($0.digest).inserted }
        configuration = try Self.encoded(
            steps.map { step in
                var step = step
                // Where it lies here is nobody else's business.
                step.layer?.directory = ""
                return step
            })
        let manifest = ImageManifest(
            config: Descriptor(
                mediaType: Self.configurationType, digest: Digest(of: configuration).description,
                size: Int64(configuration.count)),
            layers: layers)
        content = ManifestContent(bytes: try Self.encoded(manifest), mediaType: MediaType.manifest)
    }

    private static func encoded(_ value: some Encodable) throws(EngineError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return try Array(encoder.encode(value)) } catch {
            throw EngineError(.system, "cannot write the list of the build cache")
        }
    }

    func manifest() async throws -> ManifestContent { content }

    func manifest(_ descriptor: Descriptor) async throws -> ManifestContent {
        throw EngineError(.notFound, "a build cache has one manifest")
    }

    func readBlob(
        _ blob: Descriptor, from offset: Int64, into sink: @escaping @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        if blob.mediaType == Self.configurationType {
            try await sink(Array(configuration.dropFirst(Int(clamping: offset))))
            return
        }
        let reader = try store.openBlob(try Digest.parse(blob.digest, in: "the build cache"))
        try await reader.send(from: offset, into: sink)
    }
}
