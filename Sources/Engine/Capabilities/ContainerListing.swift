/// Containers can be listed and looked at.
public protocol ContainerListing: Sendable {
    /// All containers in every state, newest first.
    func containers() async throws -> [Container]
    /// The container that `reference` names: a name, a whole identifier or an unambiguous beginning of one.
    /// - Throws: `EngineError` `.notFound`, or `.conflict` when several begin so.
    func container(_ reference: String) async throws -> Container
    /// Everything about one container.
    func inspect(_ reference: String) async throws -> ContainerDetails
    /// Its processes on the host; throws `.conflict` unless it is running.
    func processes(of reference: String) async throws -> ProcessTable
    /// What differs from its image, sorted by path.
    func changes(in reference: String) async throws -> [FileChange]
}
