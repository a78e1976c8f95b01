/// What network a container sees.
public enum NetworkMode: String, Sendable, Hashable, Codable {
    /// A namespace of its own with only loopback.
    case none
    /// The host's own namespace.
    case host
}
