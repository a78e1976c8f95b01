import Cgroups
import Engine
import LinuxSystem
import Synchronization

/// What runs on the host, as the cgroup trees and /proc show it. Looked for anew only so often, and what is known of a
/// container is read once.
final class HostScan: Sendable {
    /// A container with all that is known of it.
    struct Entry: Sendable {
        var container: Container
        var origin: ContainerOrigin
        var directory: String
        var target: SampleTarget
        var logPath: String?
        var hostname: String?
        var inode: UInt64
    }

    private struct State {
        var entries: [CgroupName: Entry] = [:]
        var scannedAt: Int64?
    }

    /// A tree that is walked through more often would cost more than what is seen in it.
    private static let interval: Int64 = 2_000_000_000

    private let walk: CgroupWalk
    private let finder: CgroupFinder
    private let files: EngineFiles
    private let showsServices: Bool
    private let state = Mutex(State())

    init(_ hierarchies: CgroupHierarchies, showsServices: Bool = true, files: EngineFiles = EngineFiles()) {
        self.showsServices = showsServices
        walk = CgroupWalk(hierarchies)
        finder = CgroupFinder(hierarchies)
        self.files = files
    }

    /// The containers, newest first; at most two seconds old unless `fresh`.
    func entries(fresh: Bool = false) -> [Entry] {
        let now = Clock.monotonic()
        return state.withLock { state in
            if let last = state.scannedAt, now - last < (fresh ? 100_000_000 : Self.interval) {
                return Self.sorted(state.entries)
            }
            scan(&state)
            state.scannedAt = Clock.monotonic()
            return Self.sorted(state.entries)
        }
    }

    private static func sorted(_ entries: [CgroupName: Entry]) -> [Entry] {
        entries.values.sorted {
            ($0.container.createdAt, $0.container.id) > ($1.container.createdAt, $1.container.id)
        }
    }

    private func scan(_ state: inout State) {
        var next: [CgroupName: Entry] = [:]
        for found in walk.containers() where showsServices || found.name.origin != .service {
            if var old = state.entries[found.name], old.inode == found.inode, old.directory == found.directory,
                Processes.livingStartTicks(old.target.pid) != nil
            {
                old.container.state = Self.state(old.target, old.container.state.startedAt)
                next[found.name] = old
            } else if let entry = look(found) {
                next[found.name] = entry
            }
        }
        state.entries = next
    }

    /// `nil` for a cgroup without processes: nothing runs there.
    private func look(_ found: CgroupWalk.Found) -> Entry? {
        guard let pid = CgroupWalk.firstProcess(in: found.directory) else { return nil }
        let process = ProcessFacts(pid: pid)
        let facts = files.facts(found.name, process)
        let id = Self.identifier(found)
        // What lies in a parent of somebody's own choice is docker's when docker's files know it.
        let origin = found.name.origin == .containerd && facts.image != nil ? .docker : found.name.origin
        let paths = finder.paths(of: pid, in: ContainerID(rawValue: Self.mark(found))) ?? [:]
        let target = SampleTarget(
            id: id, pid: pid, cgroupPaths: paths, usesHostNetwork: process.usesHostNetwork)
        let startedAt = process.startedAt ?? Timestamp(seconds: 0)
        var container = Container(
            id: id, name: facts.name ?? Self.name(found, process), image: facts.image ?? "",
            imageID: ImageID(rawValue: facts.imageID ?? ""), command: process.command,
            createdAt: facts.createdAt ?? startedAt, state: Self.state(target, startedAt))
        container.labels = facts.labels
        container.labels["spyhop.origin"] = origin.rawValue
        container.labels["spyhop.cgroup"] = found.path
        if let pod = found.name.podUID { container.labels["io.kubernetes.pod.uid"] = pod }
        container.networkMode = target.usesHostNetwork ? .host : .bridge
        return Entry(
            container: container, origin: origin, directory: found.directory, target: target,
            logPath: facts.logPath, hostname: facts.hostname, inode: found.inode)
    }

    /// The component of the path that is the container's.
    private static func mark(_ found: CgroupWalk.Found) -> String {
        found.name.hasIdentifier ? found.name.id : String(found.path.split(separator: "/").last ?? "")
    }

    private static func name(_ found: CgroupWalk.Found, _ process: ProcessFacts) -> String {
        guard found.name.hasIdentifier else { return found.name.id }
        return process.usesHostNetwork
            ? String(found.name.id.prefix(12)) : process.hostname ?? String(found.name.id.prefix(12))
    }

    /// The engine's own identifier, else one that is always the same for the same path.
    static func identifier(_ found: CgroupWalk.Found) -> ContainerID {
        if found.name.hasIdentifier { return ContainerID(rawValue: found.name.id) }
        // FNV-1a, four times with other beginnings: 64 digits that only need to differ from each other.
        var text = ""
        for seed in 0..<4 as Range<UInt64> {
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ (seed &* 0x9e37_79b9_7f4a_7c15)
            for byte in found.path.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            let digits = String(hash, radix: 16)
            text += String(repeating: "0", count: 16 - digits.count) + digits
        }
        return ContainerID(rawValue: text)
    }

    private static func state(_ target: SampleTarget, _ startedAt: Timestamp?) -> ContainerState {
        let begun = startedAt ?? Timestamp(seconds: 0)
        return isFrozen(target)
            ? .paused(pid: target.pid, startedAt: begun) : .running(pid: target.pid, startedAt: begun)
    }

    private static func isFrozen(_ target: SampleTarget) -> Bool {
        if let directory = target.cgroupPaths["freezer"] {
            let text = (try? Files.readText(directory + "/freezer.state", limit: 64)) ?? ""
            return text.hasPrefix("FR")
        }
        guard let directory = target.cgroupPaths[ContainerCgroup.unifiedKey] else { return false }
        return (try? Files.readText(directory + "/cgroup.freeze", limit: 16))?.hasPrefix("1") ?? false
    }
}
