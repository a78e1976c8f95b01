/// Images go to and come from registries and archives.
///
/// A task that is cancelled stops its transfer; what has come so far stays, and the next pull goes on from there.
public protocol ImageTransferring: Sendable {
    /// Fetches an image, or all tags of a repository; answers what came, in the order of the tags.
    func pull(_ request: PullRequest, progress: @escaping TransferProgress) async throws -> [PulledImage]
    /// Puts an image, or all tags of a repository, into the registry that the name tells.
    func push(_ request: PushRequest, progress: @escaping TransferProgress) async throws -> [PushedImage]
    /// Copies an image; answers the digest of its manifest, or of the index.
    func copyImage(_ copy: ImageCopy, progress: @escaping TransferProgress) async throws -> String
}
