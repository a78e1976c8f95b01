/// The member `config` of an image's configuration: the defaults of containers made from it (image-spec, config.md).
public struct ExecutionDefaults: Sendable, Hashable, Codable {
    /// `user`, `uid`, `user:group`, `uid:gid`, …; empty or absent is root.
    public var user: String?
    /// Ports as `8080/tcp`, each with an empty object.
    public var exposedPorts: [String: EmptyObject]?
    /// `NAME=value`.
    public var environment: [String]?
    /// What runs before the command's words.
    public var entrypoint: [String]?
    /// What runs when no command is given; the entrypoint's arguments when there is one.
    public var command: [String]?
    /// Directories that are to be volumes, each with an empty object.
    public var volumes: [String: EmptyObject]?
    /// Where the program starts; empty for `/`.
    public var workingDirectory: String?
    /// Free notes on the image.
    public var labels: [String: String]?
    /// `SIGTERM`, or a number.
    public var stopSignal: String?
    /// Docker's own addition.
    public var healthcheck: HealthConfiguration?
    /// Docker's own addition: instructions that are carried out when another image is built on this one.
    public var onBuild: [String]?
    /// Docker's own addition: the shell of RUN, CMD and ENTRYPOINT in their shell form.
    public var shell: [String]?

    enum CodingKeys: String, CodingKey {
        case user = "User"
        case exposedPorts = "ExposedPorts"
        case environment = "Env"
        case entrypoint = "Entrypoint"
        case command = "Cmd"
        case volumes = "Volumes"
        case workingDirectory = "WorkingDir"
        case labels = "Labels"
        case stopSignal = "StopSignal"
        case healthcheck = "Healthcheck"
        case onBuild = "OnBuild"
        case shell = "Shell"
    }

    /// Makes defaults that say nothing.
    public init() {}

    /// The `{}` that Go's `map[string]struct{}` becomes in JSON.
    public struct EmptyObject: Sendable, Hashable, Codable {
        /// Makes an empty object.
        public init() {}
    }
}
