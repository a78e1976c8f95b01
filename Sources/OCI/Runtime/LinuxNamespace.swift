/// A namespace that the container gets, or joins where there is a path (runtime-spec, config-linux.md, "Namespaces").
public struct LinuxNamespace: Sendable, Hashable, Codable {
    /// The kinds, as the specification spells them.
    public enum Kind: String, Sendable, Hashable, Codable {
        case pid, network, mount, ipc, uts, user, cgroup, time
    }

    /// Which kind.
    public var type: Kind
    /// A namespace that is there already.
    public var path: String?

    /// Makes a namespace.
    public init(type: Kind, path: String? = nil) {
        self.type = type
        self.path = path
    }
}
