/// One container as a list shows it.
public struct Container: Sendable, Hashable, Codable, Identifiable {
    public var id: ContainerID
    /// Without docker's leading slash.
    public var name: String
    /// The image as the person named it (`busybox`, `busybox:1.36`, a digest).
    public var image: String
    public var imageID: ImageID
    /// Entrypoint and arguments, as they will be executed.
    public var command: [String]
    public var createdAt: Timestamp
    public var state: ContainerState
    public var labels: [String: String]
    /// How often its monitor has started it again.
    public var restartCount: Int
    public var restartPolicy: RestartPolicy
    public var limits: ResourceLimits
    public var mounts: [MountSpec]
    public var networkMode: NetworkMode
    /// Removed by itself when it ends (`--rm`).
    public var autoRemove: Bool

    /// Makes a container row.
    public init(
        id: ContainerID, name: String, image: String, imageID: ImageID, command: [String], createdAt: Timestamp,
        state: ContainerState, labels: [String: String] = [:], restartCount: Int = 0,
        restartPolicy: RestartPolicy = .no, limits: ResourceLimits = ResourceLimits(), mounts: [MountSpec] = [],
        networkMode: NetworkMode = .none, autoRemove: Bool = false
    ) {
        self.id = id
        self.name = name
        self.image = image
        self.imageID = imageID
        self.command = command
        self.createdAt = createdAt
        self.state = state
        self.labels = labels
        self.restartCount = restartCount
        self.restartPolicy = restartPolicy
        self.limits = limits
        self.mounts = mounts
        self.networkMode = networkMode
        self.autoRemove = autoRemove
    }
}
