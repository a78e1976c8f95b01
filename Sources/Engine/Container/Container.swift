/// One container as a list shows it.
public struct Container: Sendable, Hashable, Codable, Identifiable {
    /// The name of the engine that it belongs to, set where several are merged; `nil` from an engine itself.
    public var engine: String?
    /// The identifier.
    public var id: ContainerID
    /// Without docker's leading slash.
    public var name: String
    /// The image as the person named it (`busybox`, `busybox:1.36`, a digest).
    public var image: String
    /// The image that the name stood for when the container was made.
    public var imageID: ImageID
    /// Entrypoint and arguments, as they will be executed.
    public var command: [String]
    /// When it was made.
    public var createdAt: Timestamp
    /// Where it is in its life.
    public var state: ContainerState
    /// Key and value pairs that people attach.
    public var labels: [String: String]
    /// How often its monitor has started it again.
    public var restartCount: Int
    /// What happens when it ends.
    public var restartPolicy: RestartPolicy
    /// Limits in force.
    public var limits: ResourceLimits
    /// What is mounted into it.
    public var mounts: [MountSpec]
    /// Which network it sees.
    public var networkMode: NetworkMode
    /// Removed by itself when it ends (`--rm`).
    public var autoRemove: Bool
    /// `nil` when nothing checks it.
    public var health: ContainerHealth?
    /// Names of the networks that it is on when it runs; the primary one first.
    public var networks: [String]
    /// Where it is found, network by network, while it runs; the primary one first.
    public var endpoints: [NetworkEndpoint]
    /// Its published ports while it runs.
    public var ports: [PublishedPort]
    /// Ports that it or its image says it listens on.
    public var exposedPorts: [ExposedPort]

    /// Makes a container row.
    public init(
        id: ContainerID, name: String, image: String, imageID: ImageID, command: [String], createdAt: Timestamp,
        state: ContainerState, labels: [String: String] = [:], restartCount: Int = 0,
        restartPolicy: RestartPolicy = .no, limits: ResourceLimits = ResourceLimits(), mounts: [MountSpec] = [],
        networkMode: NetworkMode = .none, autoRemove: Bool = false, health: ContainerHealth? = nil,
        networks: [String] = [], endpoints: [NetworkEndpoint] = [], ports: [PublishedPort] = [],
        exposedPorts: [ExposedPort] = []
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
        self.health = health
        self.networks = networks
        self.endpoints = endpoints
        self.ports = ports
        self.exposedPorts = exposedPorts
    }
}
