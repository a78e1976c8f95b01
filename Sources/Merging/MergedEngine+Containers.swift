import Engine

extension MergedEngine: ContainerListing {
    /// A container that says whose it is.
    func marked(_ container: Container, _ member: Member) -> Container {
        var container = container
        container.engine = member.name
        container.imageID = identifier(container.imageID, member)
        return container
    }

    /// See `ContainerListing`.
    public func containers() async throws -> [Container] {
        // The host's view sees what other engines tell more of: the first one counts.
        var seen: Set<ContainerID> = []
        let containers = try await all { try await $0.containers() }.compactMap { member, container -> Container? in
            guard seen.insert(container.id).inserted else { return nil }
            return marked(container, member)
        }.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
        remember(containers)
        return containers
    }

    /// See `ContainerListing`.
    public func container(_ reference: String) async throws -> Container {
        let (member, name, found) = try await holder(of: reference, "container") { try await $0.container($1) }
        let container: Container
        if let found { container = found } else { container = try await member.engine.container(name) }
        remember(container.id.rawValue, of: member.name)
        return marked(container, member)
    }

    /// See `ContainerListing`.
    public func inspect(_ reference: String) async throws -> ContainerDetails {
        let (engine, reference, name) = try await container(reference)
        var details = try await engine.inspect(reference)
        details.container = marked(details.container, try member(name))
        return details
    }

    /// See `ContainerListing`.
    public func processes(of reference: String) async throws -> ProcessTable {
        let (engine, reference, _) = try await container(reference)
        return try await engine.processes(of: reference)
    }

    /// See `ContainerListing`.
    public func changes(in reference: String) async throws -> [FileChange] {
        let (engine, reference, _) = try await container(reference)
        return try await engine.changes(in: reference)
    }
}

extension MergedEngine: ContainerLifecycle {
    /// See `ContainerLifecycle`.
    public func create(_ spec: ContainerSpec) async throws -> ContainerID {
        let (member, image) = try target(spec.image)
        var spec = spec
        spec.image = image
        let id = try await member.engine.create(spec)
        remember(id.rawValue, of: member.name)
        return id
    }

    /// See `ContainerLifecycle`.
    public func start(_ reference: String) async throws {
        let (engine, reference, _) = try await container(reference)
        try await engine.start(reference)
    }

    /// See `ContainerLifecycle`.
    public func startAttached(_ reference: String, size: TerminalSize?) async throws -> any Session {
        let (engine, reference, _) = try await container(reference)
        return try await engine.startAttached(reference, size: size)
    }

    /// See `ContainerLifecycle`.
    public func stop(_ reference: String, timeout: Int?, signal: Int32?) async throws {
        let (engine, reference, _) = try await container(reference)
        try await engine.stop(reference, timeout: timeout, signal: signal)
    }

    /// See `ContainerLifecycle`.
    public func restart(_ reference: String, timeout: Int?, signal: Int32?) async throws {
        let (engine, reference, _) = try await container(reference)
        try await engine.restart(reference, timeout: timeout, signal: signal)
    }

    /// See `ContainerLifecycle`.
    public func kill(_ reference: String, signal: Int32) async throws {
        let (engine, reference, _) = try await container(reference)
        try await engine.kill(reference, signal: signal)
    }

    /// See `ContainerLifecycle`.
    public func pause(_ reference: String) async throws {
        let (engine, reference, _) = try await container(reference)
        try await engine.pause(reference)
    }

    /// See `ContainerLifecycle`.
    public func unpause(_ reference: String) async throws {
        let (engine, reference, _) = try await container(reference)
        try await engine.unpause(reference)
    }

    /// See `ContainerLifecycle`.
    public func remove(_ reference: String, force: Bool, volumes: Bool) async throws {
        let (engine, reference, _) = try await container(reference)
        try await engine.remove(reference, force: force, volumes: volumes)
    }

    /// See `ContainerLifecycle`.
    public func rename(_ reference: String, to name: String) async throws {
        let (engine, reference, _) = try await container(reference)
        try await engine.rename(reference, to: name)
    }

    /// See `ContainerLifecycle`.
    public func update(
        _ reference: String, limits: ResourceLimits, restartPolicy: RestartPolicy?
    ) async throws -> [String] {
        let (engine, reference, _) = try await container(reference)
        return try await engine.update(reference, limits: limits, restartPolicy: restartPolicy)
    }

    /// See `ContainerLifecycle`.
    public func wait(_ reference: String) async throws -> Int32 {
        let (engine, reference, _) = try await container(reference)
        return try await engine.wait(reference)
    }
}

extension MergedEngine: Executing {
    /// See `Executing`.
    public func exec(in reference: String, _ spec: ExecSpec) async throws -> any Session {
        let (engine, reference, _) = try await container(reference)
        return try await engine.exec(in: reference, spec)
    }

    /// See `Executing`.
    public func execDetached(in reference: String, _ spec: ExecSpec) async throws {
        let (engine, reference, _) = try await container(reference)
        try await engine.execDetached(in: reference, spec)
    }

    /// See `Executing`.
    public func attach(to reference: String, input: Bool) async throws -> any Session {
        let (engine, reference, _) = try await container(reference)
        return try await engine.attach(to: reference, input: input)
    }
}

extension MergedEngine: LogReading, LogSearching {
    /// See `LogReading`.
    public func logs(of reference: String, options: LogOptions) async throws -> any LogReader {
        let (engine, reference, _) = try await container(reference)
        return try await engine.logs(of: reference, options: options)
    }

    /// See `LogReading`.
    public func logPage(
        of reference: String, _ request: LogPageRequest, progress: LogProgress?
    ) async throws -> LogPage {
        let (engine, reference, _) = try await container(reference)
        return try await engine.logPage(of: reference, request, progress: progress)
    }

    /// See `LogReading`.
    public func countLog(
        of reference: String, _ selection: LogSelection, from place: LogPlace?, upTo end: LogPlace?,
        progress: LogProgress?
    ) async throws -> LogTally {
        let (engine, reference, _) = try await container(reference)
        return try await engine.countLog(of: reference, selection, from: place, upTo: end, progress: progress)
    }
}

extension MergedEngine: HealthChecking, ProcessWatching {
    /// See `HealthChecking`.
    public func checkHealth(of reference: String) async throws -> HealthReport.Result {
        let (engine, reference, _) = try await container(reference)
        return try await engine.checkHealth(of: reference)
    }

    /// See `HealthChecking`.
    public func containerProcesses(of reference: String) async throws -> [ContainerProcess] {
        let (engine, reference, _) = try await container(reference)
        return try await engine.containerProcesses(of: reference)
    }

    /// See `HealthChecking`.
    public func signalProcess(
        _ pid: Int32, startedAt startTicks: UInt64?, in reference: String, signal: Int32
    ) async throws {
        let (engine, reference, _) = try await container(reference)
        try await engine.signalProcess(pid, startedAt: startTicks, in: reference, signal: signal)
    }
}
