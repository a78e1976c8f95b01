/// Whether a container does what it is there for, by its health check. The raw values are docker's words.
public enum ContainerHealth: String, Sendable, Hashable, Codable, CaseIterable {
    /// Neither a success nor enough failures yet.
    case starting
    case healthy
    case unhealthy
}
