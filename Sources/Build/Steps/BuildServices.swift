import Engine
import Images
import OCI

/// What a builder asks of the engine around it.
public protocol BuildServices: Sendable {
    /// An image to build on, with its layers unpacked; fetched when it is not here, or when `pull` asks for the newest.
    /// Its content stays for as long as `change` lasts.
    func baseImage(
        _ reference: String, platform: Platform, pull: Bool, change: StoreChange, progress: @escaping TransferProgress
    ) async throws -> BaseImage
    /// Fetches a URL into a new file; answers what is known of it.
    func fetch(_ url: String, into path: String) async throws -> FetchedFile
    /// The steps of a cache elsewhere, and a way to get at a step's layer.
    func importCache(_ location: BuildCacheLocation, change: StoreChange) async throws -> any RemoteCache
    /// Puts steps into a cache elsewhere.
    func exportCache(_ steps: [CachedStep], to location: BuildCacheLocation, change: StoreChange) async throws
    /// Puts an image into the registry that its name tells.
    func push(_ name: String, progress: @escaping TransferProgress) async throws
}

/// A cache elsewhere, its list of steps read.
public protocol RemoteCache: Sendable {
    /// What it has for a key; `nil` when nothing.
    func step(_ key: Digest) -> CachedStep?
    /// Brings a step's layer here, blob and files.
    func fetch(_ step: CachedStep, change: StoreChange, progress: @escaping TransferProgress) async throws -> BuiltLayer
}

/// A file that was fetched.
public struct FetchedFile: Sendable, Hashable {
    /// The name that the server or the URL gives it; empty when neither does.
    public var name: String
    /// What its content hashes to.
    public var digest: Digest
    /// Bytes.
    public var size: Int64
    /// `Last-Modified`; `nil` when the server does not tell.
    public var modifiedAt: Timestamp?

    /// Makes the facts.
    public init(name: String, digest: Digest, size: Int64, modifiedAt: Timestamp?) {
        self.name = name
        self.digest = digest
        self.size = size
        self.modifiedAt = modifiedAt
    }
}
