import Engine
import LinuxSystem

/// A published port and the socket that keeps it: TCP listening, UDP bound.
public final class BoundPort: Sendable {
    /// Where it listens and where it leads.
    public let port: PublishedPort
    /// The socket, to be handed to the monitor.
    public let listener: OwnedDescriptor

    init(port: PublishedPort, listener: consuming OwnedDescriptor) {
        self.port = port
        self.listener = listener
    }
}
