/// Images can be listed, brought in, named, written out and removed.
///
/// Streams are file descriptors owned by the caller; paths are absolute.
public protocol ImageManaging: Sendable {
    /// All images, newest first.
    func images() async throws -> [Image]
    /// The image that `reference` names: `name[:tag]`, a digest, or the beginning of an identifier.
    func inspectImage(_ reference: String) async throws -> ImageDetails
    /// Reads a docker or OCI archive (plain, gzip or zstd); returns the names or identifiers loaded.
    func load(fromDescriptor descriptor: Int32) async throws -> [String]
    /// Reads a directory, an OCI image layout or one of skopeo's `dir:`; returns the names or identifiers loaded.
    func load(fromDirectory path: String) async throws -> [String]
    /// Makes an image of one layer from a root file system, a directory or a tar archive.
    func importRoot(_ source: ImageImport) async throws -> ImageID
    /// Writes images as an archive that docker and skopeo read.
    func save(_ references: [String], toDescriptor descriptor: Int32) async throws
    /// Writes images in one of the formats that others know; a failure leaves nothing half at a path.
    func save(_ references: [String], as format: ImageFormat, to target: ImageSaveTarget) async throws
    func tag(_ reference: String, as newReference: String) async throws
    /// Removes a name, and the image with its last name; answers what was done, as `docker rmi` prints it.
    func removeImage(_ reference: String, force: Bool) async throws -> [ImageRemoval]
    /// Removes what no image needs: what unfinished pulls have brought, what crashes have left. Answers the bytes
    /// that it gave back; nothing while something is being pulled or loaded.
    func removeUnusedContent() async throws -> Int64
}

extension ImageManaging {
    /// An engine that knows no such formats.
    public func save(_ references: [String], as format: ImageFormat, to target: ImageSaveTarget) async throws {
        throw EngineError(.unsupported, "this engine does not write \(format.rawValue)")
    }

    /// An engine that reads no directories.
    public func load(fromDirectory path: String) async throws -> [String] {
        throw EngineError(.unsupported, "this engine does not load directories")
    }

    /// An engine that keeps no such content has nothing to remove.
    public func removeUnusedContent() async throws -> Int64 { 0 }
}

/// What an `importRoot` reads and what it makes of it.
public struct ImageImport: Sendable, Hashable {
    /// Where the root file system is.
    public enum Source: Sendable, Hashable {
        /// A directory, by absolute path.
        case directory(String)
        /// A tar archive, plain, gzip or zstd, on an open descriptor.
        case archive(descriptor: Int32)
    }

    /// Where the root file system is read from.
    public var source: Source
    /// `name[:tag]`; `nil` leaves it without one.
    public var reference: String?
    /// Dockerfile instructions applied to the configuration (`CMD`, `ENTRYPOINT`, `ENV`, `EXPOSE`, `LABEL`,
    /// `USER`, `VOLUME`, `WORKDIR`, `STOPSIGNAL`), as `docker import --change` takes them.
    public var changes: [String]
    /// A remark kept in the image's history.
    public var message: String?

    /// Makes a request.
    public init(source: Source, reference: String?, changes: [String] = [], message: String? = nil) {
        self.source = source
        self.reference = reference
        self.changes = changes
        self.message = message
    }
}

/// One line of what removing an image did.
public enum ImageRemoval: Sendable, Hashable {
    case untagged(String)
    case deleted(String)
}
