/// One step that an image was made in (`docker history`).
public struct ImageHistoryEntry: Sendable, Hashable, Codable {
    /// The digest of the image that ended with this step, where one is known here; `nil` shows as `<missing>`.
    public var imageID: ImageID?
    /// When; `nil` when the image does not tell.
    public var createdAt: Timestamp?
    /// The instruction.
    public var createdBy: String
    /// Bytes of the layer that it made; 0 for none.
    public var size: Int64
    /// A remark.
    public var comment: String
    /// Names of the image that ended here.
    public var tags: [String]
    /// The layer's diff identifier; `nil` for a step that made none.
    public var layer: String?

    /// Makes a step.
    public init(
        imageID: ImageID?, createdAt: Timestamp?, createdBy: String, size: Int64, comment: String, tags: [String],
        layer: String?
    ) {
        self.imageID = imageID
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.size = size
        self.comment = comment
        self.tags = tags
        self.layer = layer
    }
}
