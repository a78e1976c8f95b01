import Cgroups
import Engine
import Glibc
import LinuxSystem
import OCI

/// The OCI runtime: what `spyhop oci` does, one function an operation of the specification (runtime-spec, runtime.md).
///
/// It keeps nothing in memory: every call finds out anew what the containers do, as other calls may be under way.
public struct BundleRuntime: Sendable {
    /// Where containers are kept.
    public let store: BundleStore
    /// What configurations are checked against.
    public let host: SpecHost
    /// The monitor's program, which makes containers.
    public let monitorPath: String
    /// Whose systemd is asked for cgroups, where `host` says that it is.
    public let systemd: SystemdBus
    /// Containers that ask for no limits do without cgroups where none may be made (`--rootless`).
    public let sparesCgroups: Bool
    /// Takes sentences for the person that are no failures.
    public let warn: @Sendable (String) -> Void

    /// Puts a runtime together; nothing is made or opened.
    public init(
        store: BundleStore, host: SpecHost, monitorPath: String, systemd: SystemdBus = .system,
        sparesCgroups: Bool = false, warn: @escaping @Sendable (String) -> Void
    ) {
        self.store = store
        self.host = host
        self.monitorPath = monitorPath
        self.systemd = systemd
        self.sparesCgroups = sparesCgroups
        self.warn = warn
    }

    /// The version of the specification that is followed.
    public static let specificationVersion = "1.2.0"

    /// A container's state.
    /// - Throws: `.notFound`.
    public func state(_ id: String) throws(EngineError) -> BundleDocument { document(try store.load(id)) }

    /// Every container's state, by name.
    public func list() throws(EngineError) -> [BundleDocument] { try store.all().map(document) }

    func status(_ record: BundleRecord) -> State.Status {
        BundleStatus(
            isAlive: record.process?.isAlive ?? false, hasProcess: record.process != nil,
            creatorIsAlive: record.creator?.isAlive ?? false, hasFifo: Files.exists(store.fifo(record.id)),
            isFrozen: cgroup(record).isFrozen ?? false
        ).status
    }

    func cgroup(_ record: BundleRecord) -> ContainerCgroup { ContainerCgroup(paths: record.cgroup.paths) }

    /// The scope that systemd made for a container.
    func scope(_ record: BundleRecord) -> SystemdScope? {
        record.cgroup.unit.map { SystemdScope(unit: $0, bus: systemd) }
    }

    private func document(_ record: BundleRecord) -> BundleDocument {
        let status = status(record)
        return BundleDocument(
            ociVersion: Self.specificationVersion, id: record.id,
            pid: status == .stopped ? 0 : Int(record.process?.pid ?? 0), status: status, bundle: record.bundle,
            rootfs: record.rootfs, created: record.created, annotations: record.annotations,
            owner: record.owner == 0 ? "" : "\(record.owner)")
    }

    /// The state as hooks get it.
    func hookState(_ record: BundleRecord, _ status: State.Status) -> State {
        State(
            ociVersion: Self.specificationVersion, id: record.id, status: status,
            pid: status == .stopped ? nil : record.process.map { Int($0.pid) }, bundle: record.bundle,
            annotations: record.annotations)
    }
}
