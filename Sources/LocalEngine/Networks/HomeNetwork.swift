import Engine
import LinuxSystem
import Logging
import Network
import Rootless
import Runtime
import Synchronization

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

extension LocalEngine {
    /// The namespace, which is made when there is none.
    func homeNetwork() async throws -> HomeNetwork {
        if let known = homeNetworkBox.withLock({ $0 }), known.isKept { return known }
        let made: HomeNetwork
        if Footing.current.isRoot {
            made = HomeNetwork()
        } else {
            made = try await runOnOwnThread { [configuration] in
                let network = try UserNetwork.open(
                    runRoot: configuration.runRoot, monitorPath: configuration.monitorPath)
                if let warning = network.warning { configuration.logger.warning("\(warning)") }
                return try inWords("keep this user's network") { () throws(SystemError) in try HomeNetwork(network) }
            }
        }
        return homeNetworkBox.withLock { box in
            if let known = box, known.isKept { return known }
            box = made
            return made
        }
    }

    /// The namespace if it is there: for what only looks or clears up.
    func existingHomeNetwork() -> HomeNetwork? {
        if let known = homeNetworkBox.withLock({ $0 }) { return known }
        if Footing.current.isRoot { return HomeNetwork() }
        guard let network = UserNetwork.existing(runRoot: configuration.runRoot) else { return nil }
        return try? HomeNetwork(network)
    }
}
