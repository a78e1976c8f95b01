/// A volume as lists and `volume inspect` show it.
public struct Volume: Sendable, Hashable, Codable, Identifiable {
    /// The name of the engine that it belongs to, set where several are merged; `nil` from an engine itself.
    public var engine: String?
    /// Unique.
    public var name: String
    /// When it was made.
    public var createdAt: Timestamp
    /// `local`.
    public var driver: String
    /// Where its content is on the host.
    public var mountpoint: String
    /// Options of the driver.
    public var options: [String: String]
    /// Key and value pairs.
    public var labels: [String: String]
    /// Made for a container that named none.
    public var isAnonymous: Bool
    /// Names of the containers, running or not, that mount it.
    public var users: [String]
    /// Bytes on disk; `nil` where nobody asked for it to be counted.
    public var size: Int64?

    /// Its name is its identifier.
    public var id: String { EngineReference.text(name, in: engine) }

    /// Makes a volume's row.
    public init(
        name: String, createdAt: Timestamp, driver: String = "local", mountpoint: String,
        options: [String: String] = [:], labels: [String: String] = [:], isAnonymous: Bool = false,
        users: [String] = [], size: Int64? = nil
    ) {
        self.name = name
        self.createdAt = createdAt
        self.driver = driver
        self.mountpoint = mountpoint
        self.options = options
        self.labels = labels
        self.isAnonymous = isAnonymous
        self.users = users
        self.size = size
    }
}
