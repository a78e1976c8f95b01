/// The file `oci-layout` that marks a directory as an image layout (image-spec, image-layout.md).
public struct ImageLayout: Sendable, Hashable, Codable {
    /// The file's name.
    public static let fileName = "oci-layout"
    /// The only version there is.
    public static let currentVersion = "1.0.0"

    /// `1.0.0`.
    public var imageLayoutVersion: String

    /// Marks a layout of the current version.
    public init(imageLayoutVersion: String = Self.currentVersion) {
        self.imageLayoutVersion = imageLayoutVersion
    }
}
