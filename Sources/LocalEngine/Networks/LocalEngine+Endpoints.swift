import Engine
import LinuxSystem
import Logging
import Networking

/// Where running containers are found, as their leases say it.
extension LocalEngine {
    /// The container's row with its addresses and ports. A monitor that has told of its container's end still puts things
    /// away for a moment, leases among them.
    func withEndpoints(_ container: Container, _ leases: [Lease]) -> Container {
        switch container.state {
        case .running, .paused, .restarting: break
        case .created, .exited, .dead: return container
        }
        var container = container
        container.endpoints = Self.ordered(leases.map(\.endpoint))
        container.ports = leases.flatMap(\.ports)
        return container
    }

    /// All leases by container, for lists; nothing is read where nobody has ever been on a network. Leases that nobody holds
    /// are cleared on the way.
    func allLeases() -> [ContainerID: [Lease]] {
        let leases = LeaseDirectory.all(runRoot: configuration.runRoot).flatMap { directory in
            let leases = directory.leases()
            // One file more than leases is the lock's.
            let files = (try? Files.list(directory.path))?.count ?? 0
            if files > leases.count + 1 { clear(directory.sweep()) }
            return leases
        }
        return Dictionary(grouping: leases, by: \.endpoint.containerID)
    }

    /// One container's leases.
    func leases(of container: ContainerID) -> [Lease] {
        LeaseDirectory.all(runRoot: configuration.runRoot).compactMap { $0.lease(of: container) }
    }

    /// By their interfaces, `eth0` before `eth1`.
    static func ordered(_ endpoints: [NetworkEndpoint]) -> [NetworkEndpoint] {
        endpoints.sorted { number($0) < number($1) }
    }

    private static func number(_ endpoint: NetworkEndpoint) -> Int {
        Int(endpoint.interface.drop { !$0.isNumber }) ?? 0
    }

    // MARK: - Clearing up

    /// Clears what a container whose monitor was killed has left of its networks.
    func clearLeases(_ container: ContainerID) {
        for directory in LeaseDirectory.all(runRoot: configuration.runRoot)
        where Files.exists(directory.path(of: container)) {
            clear(directory.sweep())
        }
    }

    /// Clears what killed monitors have left, and the leases of networks that are gone.
    func sweepLeases(known: Set<NetworkID>) {
        for directory in LeaseDirectory.all(runRoot: configuration.runRoot) {
            clear(directory.sweep())
            if !known.contains(directory.network) { _ = try? directory.remove() }
        }
    }

    /// The kernel takes a pair of interfaces away with the container's namespace, but in its own time.
    private func clear(_ stale: [Lease]) {
        guard !stale.isEmpty, let home = existingHomeNetwork()?.home else { return }
        for lease in stale {
            do { try home.removeLink(named: lease.endpoint.hostInterface) } catch {
                configuration.logger.warning(
                    "cannot take an interface away",
                    metadata: ["name": "\(lease.endpoint.hostInterface)", "cause": "\(error)"])
            }
            emit(
                Event(
                    time: .now, type: .network, action: "disconnect", actorID: lease.endpoint.networkID.rawValue,
                    attributes: [
                        "container": lease.endpoint.containerID.rawValue, "name": lease.endpoint.networkName,
                        "type": "bridge",
                    ]))
        }
    }
}
