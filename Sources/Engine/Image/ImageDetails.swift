/// All that `image inspect` tells of one image.
public struct ImageDetails: Sendable, Hashable, Codable {
    public var image: Image
    public var entrypoint: [String]
    public var command: [String]
    public var environment: [String]
    public var workingDirectory: String
    public var user: String
    /// The signal as the image spells it, `SIGTERM` or a number; `nil` when it says nothing.
    public var stopSignal: String?
    /// Diff identifiers, lowest layer first.
    public var layers: [String]
    public var author: String?

    /// Makes the details.
    public init(
        image: Image, entrypoint: [String], command: [String], environment: [String], workingDirectory: String,
        user: String, stopSignal: String?, layers: [String], author: String?
    ) {
        self.image = image
        self.entrypoint = entrypoint
        self.command = command
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.user = user
        self.stopSignal = stopSignal
        self.layers = layers
        self.author = author
    }
}
