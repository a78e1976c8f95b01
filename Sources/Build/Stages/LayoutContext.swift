import Engine
import Images
import OCI

/// `oci-layout://path[:tag|@digest]`, a named context that is an image in a directory.
struct LayoutContext: Sendable {
    static let scheme = "oci-layout://"

    /// The directory, absolute.
    var path: String
    /// A tag or a digest; `nil` when there is only one image.
    var name: String?

    /// `nil` when the location is something else.
    init?(_ location: String) {
        guard location.hasPrefix(Self.scheme) else { return nil }
        let text = location.dropFirst(Self.scheme.count)
        let last = text.lastIndex(of: "/").map { text[$0...] } ?? text
        guard let mark = last.firstIndex(of: "@") ?? last.firstIndex(of: ":") else {
            path = String(text)
            return
        }
        path = String(text[..<mark])
        name = String(text[text.index(after: mark)...])
    }

    /// Brings the image into the store, without a name.
    func image(platform: Platform, change: StoreChange, progress: @escaping TransferProgress) async throws -> BaseImage
    {
        let operation = ImageCopyOperation(
            from: try LayoutSource(directory: path, name: name), to: try StoreDestination(change.store),
            platform: platform, allPlatforms: false, progress: progress)
        let digest = try await operation.run(names: [])
        return try change.baseImage(digest.description, platform: platform)
    }
}
