public import Engine

/// The embedded engine: containers and images of this machine, without a daemon.
///
/// Any number of engines, in any number of processes, may use one root at once. Records (what a container is) live in
/// SQLite; what a container does is read from its monitor's `status` file whenever it is asked for.
public final class LocalEngine: Sendable {
    let configuration: Configuration

    /// The engine's name as the dashboard shows it.
    public var name: String { "spyhop" }

    /// Makes an engine. Touches nothing: directories and the database are opened when they are first needed.
    public init(_ configuration: Configuration) {
        self.configuration = configuration
    }
}
