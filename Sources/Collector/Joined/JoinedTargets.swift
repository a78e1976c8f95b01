import Cgroups
import Engine
import LinuxSystem

/// The running containers of several engines, for one collector: those of engines that know their cgroups, and those of
/// others, whose cgroups are looked up by their first processes.
///
/// A process is looked up once. Where its cgroups cannot be seen (another host, another pid namespace) the engine's own
/// figures are taken. It belongs to the collector's thread but for its making.
public final class JoinedTargets: SampleTargetListing, @unchecked Sendable {
    private struct Key: Hashable {
        let id: ContainerID
        let pid: Int32
    }

    private let listings: [any SampleTargetListing]
    private let others: [Other]
    private let finder: CgroupFinder
    private var known: [Key: SampleTarget] = [:]
    private var samples: [ContainerID: Sample] = [:]

    /// An engine that does not read cgroups itself.
    public struct Other: Sendable {
        /// Tells what runs.
        public var listing: any RunningContainerListing
        /// Its processes are this host's.
        public var isLocal: Bool

        /// Describes it.
        public init(_ listing: any RunningContainerListing, isLocal: Bool) {
            self.listing = listing
            self.isLocal = isLocal
        }
    }

    /// Joins engines; of two that tell of one container the first one counts.
    public init(_ listings: [any SampleTargetListing], _ others: [Other], _ hierarchies: CgroupHierarchies) {
        self.listings = listings
        self.others = others
        finder = CgroupFinder(hierarchies)
    }

    /// All running containers.
    /// - Throws: what the first engine throws, when no other tells anything.
    public func sampleTargets() throws -> [SampleTarget] {
        var targets: [SampleTarget] = []
        var seen: Set<ContainerID> = []
        var failure: (any Error)?
        for listing in listings {
            do {
                for target in try listing.sampleTargets() where seen.insert(target.id).inserted {
                    targets.append(target)
                }
            } catch { failure = failure ?? error }
        }
        var next: [Key: SampleTarget] = [:]
        var told: [ContainerID: Sample] = [:]
        for other in others {
            var wanted: Set<ContainerID> = []
            for container in other.listing.runningContainers() where seen.insert(container.id).inserted {
                let key = Key(id: container.id, pid: container.pid)
                let target = known[key] ?? look(container, isLocal: other.isLocal)
                next[key] = target
                targets.append(target)
                if target.isElsewhere { wanted.insert(target.id) }
            }
            told.merge(other.listing.engineSamples(of: wanted)) { first, _ in first }
        }
        (known, samples) = (next, told)
        if targets.isEmpty, let failure { throw failure }
        return targets
    }

    /// The newest figures that an engine has told of a container which is elsewhere.
    public func engineSample(of id: ContainerID) -> Sample? { samples[id] }

    private func look(_ container: RunningContainer, isLocal: Bool) -> SampleTarget {
        let paths = isLocal ? finder.paths(of: container.pid, in: container.id) : nil
        var target = SampleTarget(
            id: container.id, pid: container.pid, cgroupPaths: paths ?? [:],
            usesHostNetwork: container.usesHostNetwork)
        target.isElsewhere = target.cgroupPaths.isEmpty
        return target
    }
}
