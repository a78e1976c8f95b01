import Engine
import Synchronization

/// An engine that exists only in memory, for tests: deterministic containers, images, logs.
final class FakeEngine: ContainerEngine {
    struct World {
        var containers: [Container] = []
        var images: [Image] = []
        var networks: [Network] = []
        var volumes: [Volume] = []
        var logs: [ContainerID: [LogLine]] = [:]
        var listeners: [AsyncStream<[Event]>.Continuation] = []
        var failing: [String: EngineError] = [:]
        var calls: [String] = []
        /// Opens a command's terminal.
        var terminal: (@Sendable (ExecSpec) throws -> any Session)?
    }

    let name = "spyhop"
    let world: Mutex<World>
    let now: Timestamp

    init(containers: [Container], images: [Image] = [], logs: [ContainerID: [LogLine]] = [:], now: Timestamp) {
        self.now = now
        world = Mutex(
            World(
                containers: containers, images: images, networks: Scenery.networks,
                volumes: Scenery.volumes(counted: true), logs: logs))
    }

    var calls: [String] { world.withLock { $0.calls } }

    func fail(_ name: String, with error: EngineError) { world.withLock { $0.failing[name] = error } }

    private func find(_ reference: String) throws -> Container {
        let found = world.withLock { world in
            world.containers.first { $0.name == reference || $0.id.rawValue.hasPrefix(reference) }
        }
        guard let found else { throw EngineError(.notFound, "no container is named \(reference)") }
        return found
    }

    private func change(_ reference: String, _ verb: String, _ body: (inout Container) -> Void) throws {
        let container = try find(reference)
        let listeners = try world.withLock { world in
            world.calls.append("\(verb) \(container.name)")
            if let error = world.failing[container.name] { throw error }
            if let index = world.containers.firstIndex(where: { $0.id == container.id }) {
                body(&world.containers[index])
            }
            return world.listeners
        }
        let event = Event(time: now, type: .container, action: verb, actorID: container.id.rawValue)
        for listener in listeners { listener.yield([event]) }
    }

    // MARK: Listing

    func containers() async throws -> [Container] { world.withLock { $0.containers } }
    func container(_ reference: String) async throws -> Container { try find(reference) }

    func inspect(_ reference: String) async throws -> ContainerDetails {
        let container = try find(reference)
        var spec = ContainerSpec(image: container.image, command: container.command)
        spec.tty = true
        return ContainerDetails(
            container: container, spec: spec, workingDirectory: "/srv",
            environment: ["PATH=/bin:/usr/bin", "MODE=demo", "EMPTY="], user: "1000:1000", hostname: "box",
            logPath: "/var/lib/spyhop/containers/x/container.log", lowerDirectories: ["layers/aa", "layers/bb"],
            upperDirectory: "containers/x/upper", monitorPID: 4711, cgroupPaths: ["unified": "/spyhop/x"])
    }

    func processes(of reference: String) async throws -> ProcessTable {
        guard let pid = try find(reference).state.pid else { throw EngineError(.conflict, "it is not running") }
        return ProcessTable(
            titles: ["UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"],
            rows: [
                ["root", "\(pid)", "1", "0", "12:00", "?", "00:00:01", "httpd -f"],
                ["root", "\(pid + 7)", "\(pid)", "3", "12:01", "?", "00:00:09", "sh -c sleep 5"],
            ])
    }

    func changes(in reference: String) async throws -> [FileChange] { [] }

    // MARK: Life

    func create(_ spec: ContainerSpec) async throws -> ContainerID {
        let name = spec.name ?? "unnamed"
        note("create \(name)")
        if let error = world.withLock({ $0.failing[name] }) { throw error }
        let container = Scenery.container(77, name, image: spec.image, state: .created)
        world.withLock { $0.containers.append(container) }
        return container.id
    }
    func start(_ reference: String) async throws {
        try change(reference, "start") { $0.state = .running(pid: 99, startedAt: self.now) }
    }
    func startAttached(_ reference: String, size: TerminalSize?) async throws -> any Session { throw unsupported }
    func stop(_ reference: String, timeout: Int?, signal: Int32?) async throws {
        try change(reference, "stop") { $0.state = .exited(ContainerState.Exit(code: 0, finishedAt: self.now)) }
    }
    func restart(_ reference: String, timeout: Int?, signal: Int32?) async throws {
        try change(reference, "restart") { $0.state = .running(pid: 100, startedAt: self.now) }
    }
    func kill(_ reference: String, signal: Int32) async throws {
        try change(reference, "kill") {
            $0.state = .exited(ContainerState.Exit(code: 137, signal: signal, finishedAt: self.now))
        }
    }
    func pause(_ reference: String) async throws {
        try change(reference, "pause") { $0.state = .paused(pid: 99, startedAt: self.now) }
    }
    func unpause(_ reference: String) async throws {
        try change(reference, "unpause") { $0.state = .running(pid: 99, startedAt: self.now) }
    }
    func remove(_ reference: String, force: Bool, volumes: Bool) async throws {
        let id = try find(reference).id
        try change(reference, "destroy") { _ in }
        world.withLock { world in world.containers.removeAll { $0.id == id } }
    }
    func rename(_ reference: String, to name: String) async throws { throw unsupported }
    func update(
        _ reference: String, limits: ResourceLimits, restartPolicy: RestartPolicy?
    ) async throws -> [String] { [] }
    func wait(_ reference: String) async throws -> Int32 { 0 }

    // MARK: Logs

    func logs(of reference: String, options: LogOptions) async throws -> any LogReader {
        let id = try find(reference).id
        var lines = world.withLock { $0.logs[id] ?? [] }
        if let since = options.since { lines = lines.filter { $0.time >= since } }
        if let until = options.until { lines = lines.filter { $0.time < until } }
        if let tail = options.tail { lines = Array(lines.suffix(tail)) }
        return FakeLogReader(lines, follows: options.follow)
    }

    // MARK: The rest

    func exec(in reference: String, _ spec: ExecSpec) async throws -> any Session {
        guard let open = world.withLock({ $0.terminal }) else { throw unsupported }
        return try open(spec)
    }
    func execDetached(in reference: String, _ spec: ExecSpec) async throws { throw unsupported }
    func attach(to reference: String, input: Bool) async throws -> any Session {
        try await exec(in: reference, ExecSpec(command: []))
    }
    func images() async throws -> [Image] { world.withLock { $0.images } }
    func inspectImage(_ reference: String) async throws -> ImageDetails {
        guard let image = world.withLock({ $0.images.first { $0.id.rawValue == reference } }) else {
            throw EngineError(.notFound, "no such image")
        }
        return ImageDetails(
            image: image, entrypoint: ["/bin/sh"], command: ["-c", "httpd"], environment: ["PATH=/bin"],
            workingDirectory: "/", user: "", stopSignal: "SIGTERM", layers: [image.id.rawValue], author: nil)
    }
    func load(fromDescriptor descriptor: Int32) async throws -> [String] { throw unsupported }
    func importRoot(_ source: ImageImport) async throws -> ImageID { throw unsupported }
    func save(_ references: [String], toDescriptor descriptor: Int32) async throws { throw unsupported }
    func tag(_ reference: String, as newReference: String) async throws { note("tag \(reference) \(newReference)") }
    func removeImage(_ reference: String, force: Bool) async throws -> [ImageRemoval] {
        note("rmi \(force ? "-f " : "")\(reference)")
        world.withLock { world in world.images.removeAll { $0.id.rawValue == reference } }
        return [.deleted(reference)]
    }
    func stat(_ path: String, in reference: String, followLink: Bool) async throws -> FileFacts? { nil }
    func copyOut(
        _ path: String, from reference: String, followLink: Bool, toDescriptor descriptor: Int32
    ) async throws { throw unsupported }
    func copyIn(
        fromDescriptor descriptor: Int32, to path: String, in reference: String, keepOwners: Bool
    ) async throws { throw unsupported }

    func events(since: Timestamp?, until: Timestamp?) async throws -> any EventReader {
        let (stream, continuation) = AsyncStream<[Event]>.makeStream(bufferingPolicy: .bufferingNewest(100))
        world.withLock { $0.listeners.append(continuation) }
        return FakeEventReader(stream)
    }

    // MARK: Networks and volumes

    func networks() async throws -> [Network] { world.withLock { $0.networks } }

    func inspectNetwork(_ reference: String) async throws -> Network {
        let found = world.withLock { world in
            world.networks.first { $0.name == reference || $0.id.rawValue == reference }
        }
        guard let found else { throw EngineError(.notFound, "no network is named \(reference)") }
        return found
    }

    func createNetwork(_ spec: NetworkSpec) async throws -> NetworkID {
        note("network create \(spec.name)")
        return Scenery.networkID(99)
    }

    func removeNetwork(_ reference: String) async throws {
        let network = try await inspectNetwork(reference)
        note("network rm \(network.name)")
        if let error = world.withLock({ $0.failing[network.name] }) { throw error }
    }

    func connect(_ container: String, _ attachment: NetworkAttachment) async throws {
        let network = try await inspectNetwork(attachment.network)
        note("network connect \(network.name) \(try find(container).name)")
    }

    func disconnect(_ container: String, from network: String, force: Bool) async throws {
        let network = try await inspectNetwork(network)
        note("network disconnect \(network.name) \(try find(container).name)")
    }

    func volumes(sizes: Bool) async throws -> [Volume] {
        world.withLock { world in
            world.volumes.map { volume in
                var volume = volume
                if !sizes { volume.size = nil }
                return volume
            }
        }
    }

    func inspectVolume(_ name: String) async throws -> Volume {
        guard let volume = world.withLock({ $0.volumes.first { $0.name == name } }) else {
            throw EngineError(.notFound, "no volume is named \(name)")
        }
        return volume
    }

    func createVolume(_ spec: VolumeSpec) async throws -> Volume {
        note("volume create \(spec.name ?? "")")
        return Volume(
            name: spec.name ?? Scenery.anonymousVolume, createdAt: now, mountpoint: "/", isAnonymous: spec.name == nil)
    }

    func removeVolume(_ name: String, force: Bool) async throws {
        note("volume rm \(name)")
        if let error = world.withLock({ $0.failing[name] }) { throw error }
    }

    func diskUsage() async throws -> DiskUsage { throw unsupported }

    func note(_ call: String) { world.withLock { $0.calls.append(call) } }

    var unsupported: EngineError { EngineError(.unsupported, "the engine in memory cannot do that") }
}

/// Hands out events as they come.
actor FakeEventReader: EventReader {
    private let stream: AsyncStream<[Event]>

    init(_ stream: AsyncStream<[Event]>) { self.stream = stream }

    func next() async throws -> [Event]? {
        for await events in stream { return events }
        return nil
    }
}

/// Hands out lines five hundred at a time, and then, when it follows, nothing until it is cancelled.
actor FakeLogReader: LogReader {
    private var lines: ArraySlice<LogLine>
    private let follows: Bool

    init(_ lines: [LogLine], follows: Bool) {
        self.lines = lines[...]
        self.follows = follows
    }

    func next() async throws -> [LogLine]? {
        if lines.isEmpty {
            guard follows else { return nil }
            try await Task.sleep(for: .seconds(3600))
            return nil
        }
        defer { lines = lines.dropFirst(500) }
        return Array(lines.prefix(500))
    }
}
