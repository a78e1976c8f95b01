import Engine
import HTTP
import Synchronization

/// An engine that is spoken to by Docker's Engine API: dockerd, or podman's service.
///
/// References: https://docs.docker.com/engine/api/ (versions 1.24 to 1.47). Nothing is opened before the first call. Lists
/// are asked for each time, until somebody watches (`startWatching`): from then on one stream of events keeps them.
public final class DockerEngine: Sendable {
    /// Where the engine is, and what it cannot know by itself.
    public struct Configuration: Sendable {
        /// What people call it.
        public var name: String
        /// How it is reached.
        public var place: HTTPPlace
        /// The address as a person would write it.
        public var address: String
        /// Its containers run on this host.
        public var isLocal: Bool
        /// User name and password for a registry (its host, as docker's configuration spells it); `nil` where there are none.
        public var credentials: @Sendable (_ registry: String) async throws -> DockerCredentials?
        /// Writes a build's context as a tar archive to the descriptor, which it leaves open; the Dockerfile stands in it as
        /// `DockerEngine.dockerfile`.
        public var packContext: (@Sendable (BuildRequest, Int32) async throws -> Void)?

        /// An engine without credentials and contexts.
        public init(name: String, place: HTTPPlace, address: String, isLocal: Bool) {
            self.name = name
            self.place = place
            self.address = address
            self.isLocal = isLocal
            credentials = { _ in nil }
        }
    }

    /// Its name.
    public var name: String { configuration.name }
    let configuration: Configuration
    let client: DockerClient
    let watch: DockerWatch
    let samples: DockerSamples

    /// Describes an engine; nothing is opened.
    public init(_ configuration: Configuration) {
        self.configuration = configuration
        client = DockerClient(
            place: configuration.place, title: "engine \(configuration.name) at \(configuration.address)")
        watch = DockerWatch(client, configuration)
        samples = DockerSamples(client)
    }

    deinit {
        watch.stop()
        samples.stop()
    }

    /// Follows the engine's events from now on, whenever it answers.
    public func startWatching() { watch.start() }

    /// Waits until a watched engine has told what it has, or has failed to.
    public func settle() async { await watch.settled() }
}
