import OCI

/// A place that an image is copied to. Nothing is seen there before `commit`, as far as the place allows.
///
/// For each manifest: `prepare`, then its configuration, its layers, then `putManifest`; an index comes after its
/// manifests.
public protocol ImageDestination: Sendable {
    /// Blobs that it takes at a time.
    var width: Int { get }
    /// Whether it can hold an index of several platforms.
    var takesIndexes: Bool { get }
    /// Announces a manifest, before its blobs.
    func prepare(_ manifest: ManifestContent, _ image: ImageManifest) async throws
    /// Whether a blob is there already.
    func hasBlob(_ blob: Descriptor) async throws -> Bool
    /// Takes a blob; its bytes must match the digest.
    func putBlob(_ blob: Descriptor, _ bytes: @escaping BlobBytes) async throws
    /// Takes a manifest or an index whose content is there.
    ///
    /// - Parameter names: what it is called there, when it is what the copy is about; `nil` for a manifest of an index.
    func putManifest(_ manifest: ManifestContent, names: [String]?) async throws
    /// Makes it count.
    func commit() async throws
    /// Takes back what has come; after a failure.
    func abandon() async
}
