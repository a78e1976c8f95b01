/// The files of containers, running or not, can be looked through and changed one by one.
///
/// Every path is resolved within the container's root: no symbolic link leads out of it. Names are bytes.
public protocol FileBrowsing: Sendable {
    /// What is in a directory, at most `limit` names. `path` may lead there over symbolic links.
    func listDirectory(_ path: ContainerPath, in reference: String, limit: Int) async throws -> DirectoryContent
    /// At most `count` bytes of a regular file from `offset` on; symbolic links are followed.
    func readFile(
        _ path: ContainerPath, in reference: String, from offset: Int64, count: Int
    ) async throws -> FileStretch
    /// Writes a whole regular file to a descriptor of the caller's, symbolic links followed; answers which state of it. A
    /// task that is cancelled ends it.
    func readFile(
        _ path: ContainerPath, in reference: String, toDescriptor descriptor: Int32
    ) async throws -> FileVersion
    /// Puts other content into a regular file, symbolic links followed: in one step, with owner, mode and attributes kept.
    /// - Parameter version: throws `.conflict` and changes nothing when the file is not in this state any more; `nil`: whatever
    ///   its state.
    func replaceFile(
        _ path: ContainerPath, in reference: String, fromDescriptor descriptor: Int32, expecting version: FileVersion?
    ) async throws -> FileVersion
    /// Makes a file with this content in one step, owned by whom its directory belongs to; throws `.conflict` when something
    /// has the name already. A task that is cancelled ends it, and nothing is made.
    func createFile(
        _ path: ContainerPath, in reference: String, fromDescriptor descriptor: Int32, mode: UInt32
    ) async throws
    /// Makes a directory, owned by whom the directory belongs to that it is in.
    func makeDirectory(_ path: ContainerPath, in reference: String) async throws
    /// Removes a file, or a directory with all that is in it; a symbolic link itself.
    func removeFile(_ path: ContainerPath, in reference: String) async throws
    /// Gives a file another name or place; throws `.conflict` when something has it already.
    func renameFile(_ path: ContainerPath, to target: ContainerPath, in reference: String) async throws
}

extension FileBrowsing {
    private var cannotBrowse: EngineError {
        EngineError(.unsupported, "this engine cannot look through the files of containers")
    }

    /// An engine that shows no files.
    public func listDirectory(
        _ path: ContainerPath, in reference: String, limit: Int
    ) async throws -> DirectoryContent { throw cannotBrowse }

    /// An engine that shows no files.
    public func readFile(
        _ path: ContainerPath, in reference: String, from offset: Int64, count: Int
    ) async throws -> FileStretch { throw cannotBrowse }

    /// An engine that shows no files.
    public func readFile(
        _ path: ContainerPath, in reference: String, toDescriptor descriptor: Int32
    ) async throws -> FileVersion { throw cannotBrowse }

    /// An engine that shows no files.
    public func replaceFile(
        _ path: ContainerPath, in reference: String, fromDescriptor descriptor: Int32, expecting version: FileVersion?
    ) async throws -> FileVersion { throw cannotBrowse }

    /// An engine that shows no files.
    public func createFile(
        _ path: ContainerPath, in reference: String, fromDescriptor descriptor: Int32, mode: UInt32
    ) async throws { throw cannotBrowse }

    /// An engine that shows no files.
    public func makeDirectory(_ path: ContainerPath, in reference: String) async throws { throw cannotBrowse }

    /// An engine that shows no files.
    public func removeFile(_ path: ContainerPath, in reference: String) async throws { throw cannotBrowse }

    /// An engine that shows no files.
    public func renameFile(
        _ path: ContainerPath, to target: ContainerPath, in reference: String
    ) async throws { throw cannotBrowse }
}
