import Engine
import LinuxSystem
import OCI
import Synchronization

/// An archive as `docker save` wrote it before it was an OCI layout too, which every `docker load` reads. It has no
/// manifests of the registries' kind; layers stay as they are, compressed or plain.
public final class DockerArchiveDestination: ImageDestination {
    private let sink: ArchiveSink
    private let entries = Mutex<[DockerArchiveEntry]>([])
    private let configurations = Mutex<Set<String>>([])

    /// Makes an archive, in the place of a file that is there.
    public convenience init(archive: String) throws(EngineError) { self.init(try ArchiveSink(.path(archive))) }

    /// Writes an archive to a descriptor of the caller's.
    public convenience init(descriptor: Int32) throws(EngineError) {
        self.init(try ArchiveSink(.descriptor(descriptor)))
    }

    private init(_ sink: ArchiveSink) { self.sink = sink }

    /// See `ImageDestination`.
    public var width: Int { sink.width }
    /// See `ImageDestination`.
    public var takesIndexes: Bool { false }

    /// See `ImageDestination`.
    public func prepare(_ manifest: ManifestContent, _ image: ImageManifest) async throws {
        configurations.withLock { _ = $0.insert(image.config.digest) }
    }

    /// See `ImageDestination`.
    public func hasBlob(_ blob: Descriptor) async throws -> Bool { sink.has(try name(blob)) }

    /// See `ImageDestination`.
    public func putBlob(_ blob: Descriptor, _ bytes: @escaping BlobBytes) async throws {
        try await sink.put(blob, as: name(blob), bytes)
    }

    /// See `ImageDestination`.
    public func putManifest(_ manifest: ManifestContent, names: [String]?) async throws {
        guard let names else { return }
        let image = try manifest.manifest()
        var tags: [String] = []
        for name in names {
            let reference = try ImageReference(name)
            if reference.digest == nil { tags.append(reference.familiar) }
        }
        var layers: [String] = []
        for layer in image.layers { layers.append(try name(layer)) }
        let entry = DockerArchiveEntry(config: try name(image.config), repoTags: tags, layers: layers)
        entries.withLock { $0.append(entry) }
    }

    /// See `ImageDestination`.
    public func commit() async throws {
        let list = try JSON.encode(entries.withLock(\.self))
        try sink.commit { (sink) throws(EngineError) in try sink.add("manifest.json", list) }
    }

    /// See `ImageDestination`.
    public func abandon() async { sink.abandon() }

    private func name(_ blob: Descriptor) throws(EngineError) -> String {
        let hex = try Digest.parse(blob.digest, in: "the manifest").hex
        return hex + (configurations.withLock { $0.contains(blob.digest) } ? ".json" : ".tar")
    }
}
