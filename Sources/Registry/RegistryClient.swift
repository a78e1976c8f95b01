import Engine
import HTTP
import OCI

/// Speaks to registries by the distribution specification 1.1, with the credentials, mirrors and trust of a configuration.
public final class RegistryClient: Sendable {
    private let configuration: RegistryConfiguration

    /// Makes a client; nothing is opened before the first request.
    public init(_ configuration: RegistryConfiguration) { self.configuration = configuration }

    private var unmade: EngineError { EngineError(.unsupported, "not made yet") }

    /// The manifest or index that `reference` names: by its digest when it has one, else by its tag.
    /// The bytes match the digest and are at most 4 MiB.
    public func manifest(_ reference: ImageReference) async throws -> RemoteManifest { throw unmade }

    /// The same without its bytes; `nil` when the registry has no such manifest.
    public func manifestDescriptor(_ reference: ImageReference) async throws -> Descriptor? { throw unmade }

    /// Puts a manifest under the reference's tag, or under its digest when it has no tag; the registry must answer its digest.
    public func putManifest(_ bytes: [UInt8], mediaType: String, as reference: ImageReference) async throws {
        throw unmade
    }

    /// Fetches a blob from `offset` on and hands its bytes to `sink` in order, waiting for it each time.
    ///
    /// A connection that breaks is resumed where it broke, with back-off, told to `progress` as `.retrying`. More bytes than
    /// the descriptor tells are refused; fewer too. The digest is the caller's to check, for he has the bytes before `offset`.
    public func fetchBlob(
        _ blob: Descriptor, of repository: ImageReference, from offset: Int64 = 0,
        retrying: @escaping @Sendable (String) -> Void = { _ in },
        into sink: @escaping @Sendable ([UInt8]) async throws -> Void
    ) async throws { throw unmade }

    /// A small blob as a whole, checked against its digest; at most `limit` bytes.
    public func blob(_ blob: Descriptor, of repository: ImageReference, limit: Int) async throws -> [UInt8] {
        throw unmade
    }

    /// Whether the repository has a blob.
    public func hasBlob(_ digest: Digest, in repository: ImageReference) async throws -> Bool { throw unmade }

    /// Asks the registry to take a blob over from another of its repositories; `false` when it does not, or cannot.
    public func mountBlob(
        _ digest: Digest, from source: ImageReference, into repository: ImageReference
    ) async throws -> Bool { throw unmade }

    /// Uploads a blob, in chunks, resumed where the registry says after a broken connection.
    ///
    /// - Parameters:
    ///   - read: the blob's bytes from an offset on, a piece at a time, empty at the end.
    ///   - progress: bytes that the registry has so far.
    public func uploadBlob(
        _ blob: Descriptor, to repository: ImageReference,
        read: @escaping @Sendable (_ offset: Int64) async throws -> [UInt8],
        progress: @escaping @Sendable (Int64) -> Void,
        retrying: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws { throw unmade }

    /// All tags of a repository, page after page.
    public func tags(of repository: ImageReference) async throws -> [String] { throw unmade }

    /// What refers to a manifest, by the referrers' list or, where a registry has none, by its fall-back tag.
    public func referrers(of digest: Digest, in repository: ImageReference) async throws -> [Descriptor] {
        throw unmade
    }

    /// Repositories that fit a term; of Docker Hub, of a registry with docker's search, else of a registry's catalog.
    public func search(_ search: RegistrySearch) async throws -> [FoundRepository] { throw unmade }

    /// Checks credentials with a registry. Throws `.denied` when it refuses them.
    public func checkLogin(_ credentials: RegistryCredentials, registry: String) async throws { throw unmade }

    /// Closes connections. The client cannot be used afterwards.
    public func close() async {}
}
