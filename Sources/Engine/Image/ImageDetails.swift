/// All that `image inspect` tells of one image.
public struct ImageDetails: Sendable, Hashable, Codable {
    /// The row of the list.
    public var image: Image
    /// The program that every container starts with, and its fixed arguments.
    public var entrypoint: [String]
    /// Arguments, or the whole command, unless the person gives others.
    public var command: [String]
    /// `KEY=VALUE`, in order.
    public var environment: [String]
    /// Absolute path; empty is `/`.
    public var workingDirectory: String
    /// `user[:group]`, names or numbers; empty is root.
    public var user: String
    /// The signal as the image spells it, `SIGTERM` or a number; `nil` when it says nothing.
    public var stopSignal: String?
    /// Diff identifiers, lowest layer first.
    public var layers: [String]
    /// Who made it, where it tells.
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
