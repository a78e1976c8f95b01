import Engine

/// An image made ready to run: its defaults and the unpacked layers to mount.
public struct ResolvedImage: Sendable, Hashable {
    /// The digest of the image's configuration.
    public var id: ImageID
    /// The name it was found by, the short way (`busybox:latest`), or its identifier when found by that.
    public var reference: String
    /// Directory names below `layersDirectory`, top layer first, as overlayfs's `lowerdir` wants them.
    public var layers: [String]
    /// Absolute path of the directory that holds the layers; mount with this as working directory and the
    /// names stay short enough for one page of mount options.
    public var layersDirectory: String
    /// What runs before the command's words.
    public var entrypoint: [String]
    /// What runs when no command is given.
    public var command: [String]
    /// `NAME=value`.
    public var environment: [String]
    /// Absolute; empty for `/`.
    public var workingDirectory: String
    /// `user[:group]`, names or numbers; empty for root.
    public var user: String
    /// `SIGTERM`, or a number; `nil` when the image says nothing.
    public var stopSignal: String?
    /// The image's labels.
    public var labels: [String: String]
    /// Paths that are to be volumes.
    public var volumes: [String]
    /// Ports as `8080/tcp`.
    public var exposedPorts: [String]
    /// How containers' health is found out; `nil` when the image says nothing.
    public var healthCheck: HealthCheck?

    /// Makes a resolved image.
    public init(
        id: ImageID, reference: String, layers: [String], layersDirectory: String, entrypoint: [String],
        command: [String], environment: [String], workingDirectory: String, user: String, stopSignal: String?,
        labels: [String: String], volumes: [String], exposedPorts: [String], healthCheck: HealthCheck? = nil
    ) {
        self.id = id
        self.reference = reference
        self.layers = layers
        self.layersDirectory = layersDirectory
        self.entrypoint = entrypoint
        self.command = command
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.user = user
        self.stopSignal = stopSignal
        self.labels = labels
        self.volumes = volumes
        self.exposedPorts = exposedPorts
        self.healthCheck = healthCheck
    }
}
