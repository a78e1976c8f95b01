/// One of several engines, and how it is doing.
public struct EngineStatus: Sendable, Equatable {
    /// What speaks behind its address.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The embedded engine.
        case spyhop
        /// Docker's Engine API, spoken by dockerd.
        case docker
        /// Docker's Engine API, spoken by podman.
        case podman
        /// What runs on the host, seen from the kernel alone; nothing can be changed through it.
        case host
    }

    /// Whether it answers.
    public enum Condition: Sendable, Equatable {
        /// It has not answered yet.
        case connecting
        /// It answers.
        case connected
        /// It does not, since this moment; it is tried again.
        case unreachable(EngineError, since: Timestamp)
    }

    /// What people call it; no two have the same: `spyhop`, `docker`, `podman`, a context's name.
    public var name: String
    /// What it is.
    public var kind: Kind
    /// Where it is, as a person would write it: `unix:///var/run/docker.sock`, `ssh://user@host`, a directory.
    public var address: String
    /// Its program's version, once it has told it.
    public var version: String?
    /// Whether it answers.
    public var condition: Condition
    /// It is on this host, so that its containers' cgroups can be read.
    public var isLocal: Bool

    /// Tells of an engine.
    public init(
        name: String, kind: Kind, address: String, version: String? = nil, condition: Condition = .connecting,
        isLocal: Bool = true
    ) {
        self.name = name
        self.kind = kind
        self.address = address
        self.version = version
        self.condition = condition
        self.isLocal = isLocal
    }

    /// Containers can be looked at and nothing more.
    public var isReadOnly: Bool { kind == .host }
}
