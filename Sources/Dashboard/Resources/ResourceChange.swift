import Engine

/// What can be done to networks and volumes.
enum ResourceChange: Sendable, Hashable {
    case removeNetworks([NetworkTarget])
    case removeVolumes([String])
    case createNetwork(NetworkSpec)
    case createVolume(VolumeSpec)
    case connect(Effect.Target, NetworkTarget)
    case disconnect(Effect.Target, NetworkTarget)

    /// A network, and its name for the outcome.
    struct NetworkTarget: Sendable, Hashable {
        var id: NetworkID
        var name: String

        init(_ network: Network) {
            id = network.id
            name = network.name
        }
    }

    /// How it went for one of them.
    struct Outcome: Sendable {
        var name: String
        /// `nil` when it went well.
        var error: EngineError?
    }

    /// The words of its outcome: `remove`, `removed`, `network`.
    var words: (verb: String, done: String, noun: String) {
        switch self {
        case .removeNetworks: ("remove", "removed", "network")
        case .removeVolumes: ("remove", "removed", "volume")
        case .createNetwork: ("make network", "made network", "network")
        case .createVolume: ("make volume", "made volume", "volume")
        case .connect(_, let network): ("connect to \(network.name)", "connected to \(network.name):", "container")
        case .disconnect(_, let network):
            ("disconnect from \(network.name)", "disconnected from \(network.name):", "container")
        }
    }
}
