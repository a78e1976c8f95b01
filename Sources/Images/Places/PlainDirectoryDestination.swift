import Engine
import LinuxSystem
import OCI

/// A directory with an image's manifest and blobs as plain files: skopeo's `dir:` (containers-transports(5)).
public final class PlainDirectoryDestination: ImageDestination {
    private let sink: DirectorySink

    private static let version = "Directory Transport Version: 1.1\n"

    /// Makes the directory, in the place of one of its kind that is there.
    /// - Throws: `.conflict` when something else is there.
    public init(_ directory: String) throws(EngineError) {
        sink = try DirectorySink(directory, mark: "version", existing: .replaced)
    }

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
        try sink.add(names == nil ? "\(manifest.digest.hex).manifest.json" : "manifest.json", manifest.bytes)
    }

    /// See `ImageDestination`.
    public func commit() async throws {
        try sink.commit { (sink) throws(EngineError) in try sink.add("version", Array(Self.version.utf8)) }
    }

    /// See `ImageDestination`.
    public func abandon() async { sink.abandon() }

    private static func name(_ blob: Descriptor) throws(EngineError) -> String {
        try Digest.parse(blob.digest, in: "the manifest").hex
    }
}
