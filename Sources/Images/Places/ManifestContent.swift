import Engine
import OCI

/// A manifest or an index, byte for byte, on its way from one place to another.
public struct ManifestContent: Sendable, Hashable {
    /// The bytes, which match `digest`.
    public var bytes: [UInt8]
    /// What they are; see `MediaType`.
    public var mediaType: String
    /// What they hash to.
    public var digest: Digest

    /// Takes bytes whose type is told.
    public init(bytes: [UInt8], mediaType: String) {
        self.bytes = bytes
        self.mediaType = mediaType
        digest = Digest(of: bytes)
    }

    /// Takes bytes that tell their own type; without one they are OCI's.
    /// - Throws: `.corrupted` when they are neither a manifest nor an index.
    public init(guessing bytes: [UInt8], in document: String) throws(EngineError) {
        let header = try JSON.decode(Header.self, bytes, document: document)
        let told = header.mediaType ?? (header.manifests != nil ? MediaType.index : MediaType.manifest)
        guard MediaType.isIndex(told) || MediaType.isManifest(told) else {
            throw EngineError(.unsupported, "\(document) is of a type that is not known: \(printable(told))")
        }
        self.init(bytes: bytes, mediaType: told)
    }

    /// Digest, type and size.
    public var descriptor: Descriptor {
        Descriptor(mediaType: mediaType, digest: digest.description, size: Int64(bytes.count))
    }

    /// Whether it lists manifests of several platforms.
    public var isIndex: Bool { MediaType.isIndex(mediaType) }

    func index() throws(EngineError) -> ImageIndex {
        try JSON.decode(ImageIndex.self, bytes, document: "index \(digest)")
    }

    func manifest() throws(EngineError) -> ImageManifest {
        try JSON.decode(ImageManifest.self, bytes, document: "manifest \(digest)")
    }

    private struct Header: Decodable {
        var mediaType: String?
        var manifests: [Descriptor]?
    }
}
