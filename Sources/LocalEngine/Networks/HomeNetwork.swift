import LinuxSystem
import Networking
import Rootless

/// The namespace that bridges lie in, kept as long as the engine lives: the machine's own for root, an ordinary user's
/// otherwise.
final class HomeNetwork: Sendable {
    let home: NetworkHome
    /// Keeps a user's namespace; monitors get it, too.
    let connection: OwnedDescriptor?
    /// The connection's number, to be handed on; `nil` for the machine's own.
    let kept: Int32?

    /// The machine's own.
    init() {
        home = NetworkHome()
        connection = nil
        kept = nil
    }

    /// Whether somebody still leads a user's to the world; killed, he is to be replaced.
    var isKept: Bool {
        switch connection {
        case .some(let connection): UserNetwork.isKept(connection)
        case .none: true
        }
    }

    /// A user's. What `UserNetwork` holds is another room's and cannot be taken apart here.
    init(_ network: borrowing UserNetwork) throws(SystemError) {
        home = NetworkHome(namespace: try network.namespace.duplicate())
        let connection = try network.connection.duplicate()
        kept = connection.rawValue
        self.connection = consume connection
    }
}
