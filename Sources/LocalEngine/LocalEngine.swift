import Cgroups
import Engine
import Images
import LinuxSystem
import Logging
import Runtime
import Synchronization

/// The embedded engine: containers and images of this machine, without a daemon.
///
/// Any number of engines, in any number of processes, may use one root at once. Records (what a container is) live in
/// SQLite; what a container does is read from its monitor's `status` file whenever it is asked for.
public final class LocalEngine: ContainerEngine, SampleTargetListing {
    let configuration: Configuration
    let records: RecordStore
    let store: ImageStore
    let eventFile: EventFile
    let samples = Mutex(SampleCache())
    let homeNetworkBox = Mutex<HomeNetwork?>(nil)
    private let runtimeBox = Mutex<ContainerRuntime?>(nil)

    /// The engine's name as the dashboard shows it.
    public var name: String { "spyhop" }

    /// Makes an engine. Touches nothing: directories and the database are opened when they are first needed.
    public init(_ configuration: Configuration) {
        self.configuration = configuration
        let root = configuration.root
        records = RecordStore(path: root + "/spyhop.db") {
            do throws(SystemError) { try Files.makeDirectories(root, mode: 0o711) } catch {
                throw EngineError(
                    .system, "cannot make the directory \(root), where everything is kept: \(error.reason)",
                    hint: "name another with --root or SPYHOP_ROOT")
            }
        }
        store = ImageStore(root: root) { [records] in Set(try records.all().map(\.imageID)) }
        eventFile = EventFile(path: root + "/events.jsonl")
    }

    var containersDirectory: String { configuration.root + "/containers" }

    func paths(_ id: ContainerID) -> ContainerPaths {
        ContainerPaths(id, root: configuration.root, runRoot: configuration.runRoot)
    }

    func control(_ id: ContainerID) -> MonitorControl { MonitorControl(socketPath: paths(id).socket) }

    /// The runtime; the host's cgroups are looked at when it is first needed.
    func runtime() throws(EngineError) -> ContainerRuntime {
        if let made = runtimeBox.withLock({ $0 }) { return made }
        let made = ContainerRuntime(
            monitorPath: configuration.monitorPath, seccompCache: configuration.root + "/seccomp",
            hierarchies: try hierarchies())
        return runtimeBox.withLock { box in
            box = box ?? made
            return box ?? made
        }
    }

    /// Root finds the reason in words when a cgroup cannot be made; an ordinary user, who mostly cannot, asks his systemd for
    /// a place, or does without.
    private func hierarchies() throws(EngineError) -> CgroupHierarchies {
        let all = try CgroupHierarchies.detect()
        guard !Footing.current.isRoot else { return all }
        let reachable = all.reachable()
        guard !reachable.givesCgroups, let bus = configuration.systemd else { return reachable }
        do throws(EngineError) {
            return try UserScope.enter(on: bus) ? CgroupHierarchies.detect().reachable() : reachable
        } catch {
            configuration.logger.debug("\(error)")
            return reachable
        }
    }

    /// Tells what was done. An event that cannot be written is logged: what it tells of has happened all the same.
    func emit(_ action: String, _ record: ContainerRecord, _ attributes: [String: String] = [:]) {
        emit(
            Event(
                time: .now, type: .container, action: action, actorID: record.id.rawValue,
                attributes: record.eventAttributes.merging(attributes) { $1 }))
    }

    func emit(_ event: Event) {
        do { try eventFile.append(event) } catch {
            configuration.logger.warning(
                "cannot write an event", metadata: ["action": "\(event.action)", "cause": "\(error)"])
        }
    }
}

extension Timestamp {
    /// This moment.
    static var now: Timestamp { Timestamp(nanoseconds: Clock.realtime()) }
}

/// Turns what the kernel refused into the engine's error: `what` is what was tried, in words.
func inWords<Value: ~Copyable>(_ what: @autoclosure () -> String, _ body: () throws(SystemError) -> Value)
    throws(EngineError)
    -> Value
{
    do throws(SystemError) { return try body() } catch {
        throw EngineError(.system, "cannot \(what())", cause: error)
    }
}
