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
    var sentence: (verb: String, done: String, noun: String) {
        switch self {
        case .removeNetworks: (words("remove"), words("removed"), "network")
        case .removeVolumes: (words("remove"), words("removed"), "volume")
        case .createNetwork: (words("make network"), words("made network"), "network")
        case .createVolume: (words("make volume"), words("made volume"), "volume")
        case .connect(_, let network):
            (words("connect to \(network.name)"), words("connected to \(network.name):"), "container")
        case .disconnect(_, let network):
            (words("disconnect from \(network.name)"), words("disconnected from \(network.name):"), "container")
        }
    }
}
