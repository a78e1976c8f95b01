import Engine
import LinuxSystem
import Logging
import Networking
import Rootless
import Runtime
import Synchronization

/// The namespace that bridges lie in, kept as long as the engine lives.
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
