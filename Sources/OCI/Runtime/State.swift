/// A container's state, as `state` prints it and hooks read it (runtime-spec, runtime.md, "State").
public struct State: Sendable, Hashable, Codable {
    /// The version of the specification that this document follows.
    public var ociVersion: String
    /// The container.
    public var id: String
    /// Where it is in its life.
    public var status: Status
    /// Its first process in the host's numbers; nothing or 0 when there is none.
    public var pid: Int?
    /// The absolute path of its bundle.
    public var bundle: String
    /// As configured.
    public var annotations: [String: String]?

    /// Makes a state.
    public init(
        ociVersion: String, id: String, status: Status, pid: Int? = nil, bundle: String,
        annotations: [String: String]? = nil
    ) {
        self.ociVersion = ociVersion
        self.id = id
        self.status = status
        self.pid = pid
        self.bundle = bundle
        self.annotations = annotations
    }

    /// Where a container is in its life; `paused` is what runtimes add to the specification.
    public enum Status: String, Sendable, Hashable, Codable {
        case creating, created, running, paused, stopped
    }
}
