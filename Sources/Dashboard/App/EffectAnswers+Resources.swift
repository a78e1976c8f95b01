import Engine

/// What the engine answers about networks and volumes.
extension EffectAnswers {
    /// The engine's networks.
    var networks: any NetworkManaging {
        get throws {
            guard let networks = (engine as Any) as? any NetworkManaging else {
                throw EngineError(.unsupported, "\(engine.name) has no networks of its own")
            }
            return networks
        }
    }

    /// The engine's volumes.
    var volumes: any VolumeManaging {
        get throws {
            guard let volumes = (engine as Any) as? any VolumeManaging else {
                throw EngineError(.unsupported, "\(engine.name) has no volumes of its own")
            }
            return volumes
        }
    }

    func outcomes(of change: ResourceChange) async -> [ResourceChange.Outcome] {
        switch change {
        case .removeNetworks(let targets):
            var outcomes: [ResourceChange.Outcome] = []
            for target in targets {
                outcomes.append(await outcome(target.name) { try await networks.removeNetwork(target.id.rawValue) })
            }
            return outcomes
        case .removeVolumes(let names):
            var outcomes: [ResourceChange.Outcome] = []
            for name in names {
                outcomes.append(await outcome(name) { try await volumes.removeVolume(name, force: false) })
            }
            return outcomes
        case .createNetwork(let spec):
            return [await outcome(spec.name) { _ = try await networks.createNetwork(spec) }]
        case .createVolume(let spec):
            // Only the engine knows what an anonymous one is called.
            switch await result({ try await volumes.createVolume(spec) }) {
            case .success(let volume): return [ResourceChange.Outcome(name: volume.shownName)]
            case .failure(let error): return [ResourceChange.Outcome(name: spec.name ?? "without a name", error: error)]
            }
        case .connect(let container, let network):
            let attachment = NetworkAttachment(network: network.id.rawValue)
            return [await outcome(container.name) { try await networks.connect(container.id.rawValue, attachment) }]
        case .disconnect(let container, let network):
            return [
                await outcome(container.name) {
                    try await networks.disconnect(container.id.rawValue, from: network.id.rawValue, force: false)
                }
            ]
        }
    }

    private func outcome(_ name: String, _ body: () async throws -> Void) async -> ResourceChange.Outcome {
        do {
            try await body()
            return ResourceChange.Outcome(name: name)
        } catch {
            return ResourceChange.Outcome(name: name, error: Self.engineError(error))
        }
    }
}
