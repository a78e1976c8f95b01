/// Networks can be made, looked at, joined and removed. A reference is a name, an identifier, or the beginning of one.
public protocol NetworkManaging: Sendable {
    /// All networks with who is on them now, by name.
    func networks() async throws -> [Network]
    func inspectNetwork(_ reference: String) async throws -> Network
    func createNetwork(_ spec: NetworkSpec) async throws -> NetworkID
    /// Throws `.conflict` while containers are on it.
    func removeNetwork(_ reference: String) async throws
    /// Puts a container on a network, at once when it runs, and for its next starts.
    func connect(_ container: String, _ attachment: NetworkAttachment) async throws
    /// Takes it off again. `force` does so also where the container or the network is half gone.
    func disconnect(_ container: String, from network: String, force: Bool) async throws
}
