import Engine
import LinuxSystem
import OCI
import Synchronization

/// An OCI image layout as a place to copy to, in a directory, which may be one already, or a tar archive.
public final class LayoutDestination: ImageDestination {
    private let sink: any PlaceSink
    private let listed = Mutex<[Descriptor]>([])

    /// Adds to a layout in a directory, or makes one. An image that has the same name loses it.
    /// - Throws: `.conflict` when something else is there.
    public convenience init(directory: String) throws(EngineError) {
        self.init(try DirectorySink(directory, mark: ImageLayout.fileName, existing: .extended))
    }

    /// Makes an archive, in the place of a file that is there.
    public convenience init(archive: String) throws(EngineError) { self.init(try ArchiveSink(.path(archive))) }

    /// Writes an archive to a descriptor of the caller's.
    public convenience init(descriptor: Int32) throws(EngineError) {
        self.init(try ArchiveSink(.descriptor(descriptor)))
    }

    private init(_ sink: any PlaceSink) { self.sink = sink }

    /// See `ImageDestination`.
    public var width: Int { sink.width }
    /// See `ImageDestination`.
    public var takesIndexes: Bool { true }

    /// See `ImageDestination`.
    public func prepare(_ manifest: ManifestContent, _ image: ImageManifest) async throws {}

    /// See `ImageDestination`.
    public func hasBlob(_ blob: Descriptor) async throws -> Bool { sink.has(try Self.name(blob)) }

    /// See `ImageDestination`.
    public func putBlob(_ blob: Descriptor, _ bytes: @escaping BlobBytes) async throws {
        try await sink.put(blob, as: Self.name(blob), bytes)
    }

    /// See `ImageDestination`.
    public func putManifest(_ manifest: ManifestContent, names: [String]?) async throws {
        let name = try Self.name(manifest.descriptor)
        if !sink.has(name) { try sink.add(name, manifest.bytes) }
        guard let names else { return }
        listed.withLock { listed in
            for name in names.isEmpty ? [nil] : names.map(Optional.some) {
                var descriptor = manifest.descriptor
                descriptor.annotations = name.map { [Annotation.referenceName: $0] }
                listed.append(descriptor)
            }
        }
    }

    /// See `ImageDestination`.
    public func commit() async throws {
        let new = listed.withLock(\.self)
        try sink.commit { (sink) throws(EngineError) in
            var index = ImageIndex(manifests: [])
            if let bytes = try sink.document("index.json", limit: 8 << 20) {
                index = try JSON.decode(ImageIndex.self, bytes, document: "index.json")
            }
            for descriptor in new { Self.list(descriptor, in: &index) }
            if !sink.has(ImageLayout.fileName) { try sink.add(ImageLayout.fileName, JSON.encode(ImageLayout())) }
            try sink.add("index.json", JSON.encode(index))
        }
    }

    /// See `ImageDestination`.
    public func abandon() async { sink.abandon() }

    private static func list(_ descriptor: Descriptor, in index: inout ImageIndex) {
        let name = descriptor.annotations?[Annotation.referenceName]
        index.manifests.removeAll { known in
            let other = known.annotations?[Annotation.referenceName]
            return other == name && (name != nil || known.digest == descriptor.digest)
        }
        index.manifests.append(descriptor)
    }

    private static func name(_ blob: Descriptor) throws(EngineError) -> String {
        "blobs/sha256/\(try Digest.parse(blob.digest, in: "the manifest").hex)"
    }
}
