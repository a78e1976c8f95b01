import Engine

/// What the engine answers about networks and volumes.
extension EffectAnswers {
    func outcomes(of change: ResourceChange) async -> [ResourceChange.Outcome] {
        switch change {
        case .removeNetworks(let targets):
            var outcomes: [ResourceChange.Outcome] = []
            for target in targets {
                outcomes.append(await outcome(target.name) { try await engine.removeNetwork(target.id.rawValue) })
            }
            return outcomes
        case .removeVolumes(let names):
            var outcomes: [ResourceChange.Outcome] = []
            for name in names {
                outcomes.append(await outcome(name) { try await engine.removeVolume(name, force: false) })
            }
            return outcomes
        case .createNetwork(let spec):
            return [await outcome(spec.name) { _ = try await engine.createNetwork(spec) }]
        case .createVolume(let spec):
            // Only the engine knows what an anonymous one is called.
            switch await result({ try await engine.createVolume(spec) }) {
            case .success(let volume): return [ResourceChange.Outcome(name: volume.shownName)]
            case .failure(let error): return [ResourceChange.Outcome(name: spec.name ?? "without a name", error: error)]
            }
        case .connect(let container, let network):
            let attachment = NetworkAttachment(network: network.id.rawValue)
            return [await outcome(container.name) { try await engine.connect(container.id.rawValue, attachment) }]
        case .disconnect(let container, let network):
            return [
                await outcome(container.name) {
                    try await engine.disconnect(container.id.rawValue, from: network.id.rawValue, force: false)
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
