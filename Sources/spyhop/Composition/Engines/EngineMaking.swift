import Cgroups
import Collector
import DockerEngine
import Engine
import HostEngine
import LinuxSystem
import LocalEngine
import Merging
import Registry

/// Engines opened from a catalog's entries.
struct EngineMaking {
    /// All of them as one, and what a collector needs of them.
    struct Made: Sendable {
        var engine: MergedEngine
        /// Engines that know their containers' cgroups.
        var listings: [any SampleTargetListing]
        var others: [JoinedTargets.Other]
        var watched: [DockerEngine]
    }

    let settings: Settings
    let environment: ProcessEnvironment
    let local: () throws -> LocalEngine

    /// - Throws: what opening the embedded engine or finding the cgroups throws.
    func make(_ entries: [EngineCatalog.Entry]) throws -> Made {
        var made = Made(engine: MergedEngine([]), listings: [], others: [], watched: [])
        var members: [MergedEngine.Member] = []
        for entry in entries {
            switch entry.kind {
            case .spyhop:
                let engine = try local()
                made.listings.append(engine)
                members.append(
                    MergedEngine.Member(
                        engine,
                        status: EngineStatus(
                            name: entry.name, kind: .spyhop, address: settings.root, version: Version.number,
                            condition: .connected)))
            case .host:
                // Beside others only what is a container is of interest; by itself also what services run.
                let engine = HostEngine(try CgroupHierarchies.detect(), showsServices: entries.count == 1)
                made.listings.append(engine)
                members.append(MergedEngine.Member(engine, named: entry.name, kind: .host))
            case .docker, .podman:
                guard let address = entry.address else { continue }
                let engine = docker(entry, address)
                made.others.append(JoinedTargets.Other(engine, isLocal: address.isLocal))
                made.watched.append(engine)
                members.append(MergedEngine.Member(engine, named: entry.name, kind: entry.kind))
            }
        }
        made.engine = MergedEngine(members)
        return made
    }

    private func docker(_ entry: EngineCatalog.Entry, _ address: EngineAddress) -> DockerEngine {
        var configuration = DockerEngine.Configuration(
            name: entry.name, place: address.place, address: address.text, isLocal: address.isLocal)
        let environment = environment
        configuration.credentials = { registry in
            guard let found = try await environment.dockerCredentials(registry) else { return nil }
            switch found {
            case .password(let username, let password):
                return DockerCredentials(username: username, password: password)
            case .identityToken(let token):
                return DockerCredentials(username: "", password: "", identityToken: token)
            case .registryToken: return nil
            }
        }
        configuration.packContext = { request, descriptor in
            try await EngineContext(request: request).pack(to: descriptor, dockerfile: DockerEngine.dockerfile)
        }
        return DockerEngine(configuration)
    }
}
