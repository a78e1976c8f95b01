import Cgroups
import Engine
import LinuxSystem

/// What runs on the host in containers of any engine, seen from the cgroup trees and /proc alone: no socket is asked.
/// Everything can be looked at as far as the kernel and readable files tell, nothing can be changed.
public final class HostEngine: Sendable {
    /// Its name.
    public let name = "host"
    let scan: HostScan

    /// Looks at this host; nothing is read before the first question.
    /// - Parameter showsServices: systemd's services are shown as well.
    public init(_ hierarchies: CgroupHierarchies, showsServices: Bool = true) {
        scan = HostScan(hierarchies, showsServices: showsServices)
    }

    init(scan: HostScan) { self.scan = scan }

    /// The container that a reference names.
    func entry(_ reference: String) throws(EngineError) -> HostScan.Entry {
        let entries = scan.entries()
        if let exact = entries.first(where: { $0.container.id.rawValue == reference }) { return exact }
        let named = entries.filter { $0.container.name == reference }
        if named.count == 1, let only = named.first { return only }
        let begun =
            named.isEmpty && !reference.isEmpty
            ? entries.filter { $0.container.id.rawValue.hasPrefix(reference) } : named
        guard let first = begun.first else {
            throw EngineError(
                .notFound, "nothing called \(reference) runs on this host", hint: "spyhop --engine host ps")
        }
        guard begun.count == 1 else {
            throw EngineError(
                .conflict, "several containers are called \(reference)", hint: "use more of the identifier")
        }
        return first
    }

    /// Why something cannot be done, and who can do it.
    func refusal(_ verb: String, _ reference: String) -> EngineError {
        let manager = (try? entry(reference))?.origin.manager
        return EngineError(
            .unsupported, "cannot \(verb) \(reference): the host's view only looks",
            hint: manager.map { "\($0) can" } ?? "choose another engine with --engine")
    }
}

extension HostEngine: EngineOverview {
    /// It is always there.
    public func engineStatuses() -> [EngineStatus] {
        [EngineStatus(name: name, kind: .host, address: "/sys/fs/cgroup", condition: .connected)]
    }

    /// Nothing of it ever changes.
    public func engineNews() -> AsyncStream<[EngineStatus]> {
        let statuses = engineStatuses()
        return AsyncStream { $0.yield(statuses) }
    }
}

extension HostEngine: SampleTargetListing {
    /// All that runs.
    public func sampleTargets() throws -> [SampleTarget] { scan.entries().map(\.target) }
}
