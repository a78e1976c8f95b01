import Cgroups
import Engine
import LinuxSystem
import Runtime

extension LocalEngine {
    /// All containers in every state, newest first. Clears what crashes have left on the way.
    public func containers() async throws -> [Container] {
        let records = try records.all()
        clearStrays(known: Set(records.lazy.map(\.id.rawValue)))
        let leases = allLeases()
        var containers: [Container] = []
        containers.reserveCapacity(records.count)
        for record in records {
            var status = status(record.id)
            if needsSettling(record, status) {
                guard await settle(record) else { continue }
                status = self.status(record.id)
            }
            containers.append(
                withEndpoints(record.container(in: state(record.id, status), status), leases[record.id] ?? []))
        }
        return containers
    }

    /// The container that `reference` names; see `ContainerListing`.
    public func container(_ reference: String) async throws -> Container {
        let (record, status) = try await settled(reference)
        return withEndpoints(record.container(in: state(record.id, status), status), leases(of: record.id))
    }

    /// Everything about one container.
    public func inspect(_ reference: String) async throws -> ContainerDetails {
        let (record, status) = try await settled(reference)
        let definition = try records.definition(record.id)
        let paths = paths(record.id)
        let container = withEndpoints(
            record.container(in: state(record.id, status), status), leases(of: record.id))
        return ContainerDetails(
            container: container, spec: record.current(definition.spec),
            workingDirectory: definition.workingDirectory, environment: definition.environment,
            user: definition.user, hostname: definition.hostname, logPath: paths.log,
            lowerDirectories: lowerDirectories(definition), upperDirectory: paths.upper,
            monitorPID: status?.monitorPID, cgroupPaths: CgroupFile.read(paths.cgroups)?.paths ?? [:],
            healthCheck: definition.healthCheck,
            health: status?.health == nil ? nil : try ContainerRuntime.health(directory: paths.directory),
            volumeMountpoints: Dictionary(
                record.volumeNames.map { ($0, volumeStore.data($0)) }, uniquingKeysWith: { first, _ in first }))
    }

    /// Its processes on the host, as `ps -ef` lists them; `.conflict` unless it is running.
    public func processes(of reference: String) async throws -> ProcessTable {
        let (record, life) = try await running(reference)
        return ProcessLister().table(try members(record, life))
    }

    /// What differs from its image, sorted by path.
    public func changes(in reference: String) async throws -> [FileChange] {
        let record = try records.find(reference)
        let definition = try records.definition(record.id)
        let upper = paths(record.id).upper
        let lower = lowerDirectories(definition)
        let targets =
            ["/proc", "/sys", "/dev", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf"]
            + definition.spec.mounts.map(\.target)
        return try await runOnOwnThread {
            try inWords("compare container \(record.name) with its image") { () throws(SystemError) in
                try OverlayChanges.find(upper: upper, lower: lower, mountTargets: targets)
            }
        }
    }

    /// The layers' absolute paths, top first.
    func lowerDirectories(_ definition: ContainerDefinition) -> [String] {
        definition.layers.map { "\(layersDirectory)/\($0)" }
    }

    var layersDirectory: String { configuration.root + "/layers" }
}

extension ContainerRecord {
    /// The request with what `rename` and `update` have changed since.
    func current(_ request: ContainerSpec) -> ContainerSpec {
        var spec = request
        spec.name = name
        spec.limits = limits
        spec.restartPolicy = restartPolicy
        spec.networkMode = networkMode
        if attachments != AttachmentText.usual(networkMode) || spec.network?.attachments.isEmpty == false {
            var options = spec.network ?? NetworkOptions()
            options.attachments = attachments
            spec.network = options
        }
        return spec
    }
}
