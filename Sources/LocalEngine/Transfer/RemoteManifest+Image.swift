import Engine
import FoundationEssentials
import OCI
import Registry

extension RemoteManifest {
    /// Whether it is an index, docker's or OCI's.
    var isIndex: Bool { MediaType.isIndex(mediaType) }

    /// The index's entries.
    func index(_ name: String) throws(EngineError) -> ImageIndex {
        try Self.decode(ImageIndex.self, bytes, "the index of \(name)")
    }

    /// The image manifest.
    /// - Throws: `.unsupported` for an artifact, which holds something else than a file system.
    func image(_ name: String) throws(EngineError) -> ImageManifest {
        let manifest = try Self.decode(ImageManifest.self, bytes, "the manifest of \(name)")
        guard MediaType.isImageConfiguration(manifest.config.mediaType) else {
            throw EngineError(
                .unsupported,
                "\(name) is not an image: its configuration is of the type \(printable(manifest.config.mediaType))",
                hint: "spyhop copy can fetch it as it is")
        }
        return manifest
    }

    static func decode<Value: Decodable>(
        _ type: Value.Type, _ bytes: [UInt8], _ what: String
    ) throws(EngineError) -> Value {
        do { return try JSONDecoder().decode(type, from: Data(bytes)) } catch {
            throw EngineError(.corrupted, "\(what) is damaged: it is not what the specification says")
        }
    }
}
