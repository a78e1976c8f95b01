import Engine

extension ImageStore {
    /// All images, newest first; a dangling one has no tags.
    public func images() throws(EngineError) -> [Image] { throw later }

    /// What `reference` names: `name[:tag]`, `name@digest`, `sha256:…` or the beginning of an identifier.
    /// - Throws: `.notFound`; `.conflict` when the beginning of an identifier fits several images.
    public func inspect(_ reference: String) throws(EngineError) -> ImageDetails { throw later }

    /// The image that `reference` names, with its layers unpacked; well below a millisecond when it was resolved before.
    public func resolve(_ reference: String) throws(EngineError) -> ResolvedImage { throw later }

    /// Gives the image that `reference` names a further name.
    public func tag(_ reference: String, as newReference: String) throws(EngineError) { throw later }

    /// Removes a name, and the image with its last name, by docker's rules for `rmi`.
    /// `use` is asked while the store is locked.
    public func remove(
        _ reference: String, force: Bool, use: () throws(EngineError) -> ImageUse
    ) throws(EngineError) -> [ImageRemoval] { throw later }

    /// Reads a docker or OCI archive (plain, gzip or zstd); returns the names, or identifiers, of its images.
    public func load(fromDescriptor descriptor: Int32) throws(EngineError) -> [String] { throw later }

    /// Makes an image of one layer from a directory or a tar archive.
    public func importRoot(_ request: ImageImport) throws(EngineError) -> ImageID { throw later }

    /// Writes images as one archive, docker's and OCI's at once; shared layers are written once.
    public func save(_ references: [String], toDescriptor descriptor: Int32) throws(EngineError) { throw later }

    /// Reads a small file (1 MiB at most) as a container of `image` would see it: whiteouts are honoured, symbolic links resolved within the root.
    /// `nil` when there is no regular file at `path`.
    public func readFile(_ path: String, inLayersOf image: ResolvedImage) throws(EngineError) -> [UInt8]? { throw later }

    /// Removes blobs, layers and leftovers that no image needs, unless another process is just adding some.
    public func collectGarbage() throws(EngineError) { throw later }

    /// Runs `body` while nothing is collected: between resolving an image and recording the container that uses it.
    public func withImagesHeld<Result>(_ body: () throws -> Result) throws -> Result { throw later }

    private var later: EngineError { EngineError(.unsupported, "being written") }
}
