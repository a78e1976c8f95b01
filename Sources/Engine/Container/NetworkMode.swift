/// Which network a container sees, as `--network` and docker's `NetworkMode` spell it: `bridge`, `host`, `none`,
/// `container:NAME`, or the name of a network.
public struct NetworkMode: RawRepresentable, Sendable, Hashable, Codable {
    /// The spelling.
    public let rawValue: String

    /// Takes the spelling as it is; `default` is `bridge`.
    public init(rawValue: String) { self.rawValue = rawValue == "default" ? "bridge" : rawValue }

    /// A namespace of its own with only loopback.
    public static let none = NetworkMode(rawValue: "none")
    /// The host's own namespace.
    public static let host = NetworkMode(rawValue: "host")
    /// The network that every engine has, named `bridge`.
    public static let bridge = NetworkMode(rawValue: "bridge")
    /// Another container's namespace, by name or identifier.
    public static func container(_ reference: String) -> NetworkMode {
        NetworkMode(rawValue: containerPrefix + reference)
    }

    private static let containerPrefix = "container:"

    /// The container whose namespace is shared.
    public var containerReference: String? {
        rawValue.hasPrefix(Self.containerPrefix) ? String(rawValue.dropFirst(Self.containerPrefix.count)) : nil
    }

    /// A namespace is made for the container.
    public var isOwnNamespace: Bool { self != .host && containerReference == nil }

    /// The network that the container is on from the beginning, by name or identifier.
    public var networkReference: String? { isOwnNamespace && self != .none ? rawValue : nil }
}
