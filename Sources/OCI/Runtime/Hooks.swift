/// Programs that run at points of a container's life, each list in its order (runtime-spec, config.md, "POSIX-platform Hooks").
public struct Hooks: Sendable, Hashable, Codable {
    /// Deprecated: in the runtime's namespaces, after those of the container are made and before its root is changed.
    public var prestart: [Hook]?
    /// In the runtime's namespaces, right after `prestart`.
    public var createRuntime: [Hook]?
    /// In the container's namespaces, before its root is changed.
    public var createContainer: [Hook]?
    /// In the container, right before its program.
    public var startContainer: [Hook]?
    /// In the runtime's namespaces, after the program was started.
    public var poststart: [Hook]?
    /// In the runtime's namespaces, after the container was deleted.
    public var poststop: [Hook]?

    /// Makes the lists.
    public init(
        prestart: [Hook]? = nil, createRuntime: [Hook]? = nil, createContainer: [Hook]? = nil,
        startContainer: [Hook]? = nil, poststart: [Hook]? = nil, poststop: [Hook]? = nil
    ) {
        self.prestart = prestart
        self.createRuntime = createRuntime
        self.createContainer = createContainer
        self.startContainer = startContainer
        self.poststart = poststart
        self.poststop = poststop
    }
}
