/// Images can be looked into: their history, their layers, their files.
public protocol ImageExploring: Sendable {
    /// The steps that made an image, newest first.
    func imageHistory(_ reference: String) async throws -> [ImageHistoryEntry]
    /// The layers with their files; takes as long as walking through all files of the image.
    func imageLayers(_ reference: String) async throws -> ImageLayers
    /// The second image seen from the first.
    func compareImages(_ first: String, _ second: String) async throws -> ImageDifference
    /// All images by the layers that they stand on.
    func imageTree() async throws -> [ImageTreeNode]
    /// Writes a regular file of the image, symbolic links followed within it, to a descriptor of the caller's; it is not closed.
    func readImageFile(_ reference: String, path: String, toDescriptor descriptor: Int32) async throws
    /// What is in a directory of the image, symbolic links followed within it, in the order of names; all are `.added`.
    func imageFiles(_ reference: String, in path: String) async throws -> [LayerFile]
    /// Checks stored bytes against their digests; with `repair` fetches or unpacks again what is damaged. No references
    /// means all images.
    func verifyImages(
        _ references: [String], repair: Bool, progress: @escaping TransferProgress
    ) async throws -> [ImageVerification]
}

extension ImageExploring {
    /// Engines that cannot list files say so.
    public func imageFiles(_ reference: String, in path: String) async throws -> [LayerFile] {
        throw EngineError(.unsupported, "this engine cannot list the files of an image")
    }
}
