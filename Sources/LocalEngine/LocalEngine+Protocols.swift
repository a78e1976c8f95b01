public import Engine

func later() -> EngineError { EngineError(.unsupported, "not built yet") }

extension LocalEngine: ContainerEngine, SampleTargetListing {
    /// See `ContainerListing`.
    public func containers() async throws -> [Container] { throw later() }
    /// See `ContainerListing`.
    public func container(_ reference: String) async throws -> Container { throw later() }
    /// See `ContainerListing`.
    public func inspect(_ reference: String) async throws -> ContainerDetails { throw later() }
    /// See `ContainerListing`.
    public func processes(of reference: String) async throws -> ProcessTable { throw later() }
    /// See `ContainerListing`.
    public func changes(in reference: String) async throws -> [FileChange] { throw later() }
    /// See `ContainerLifecycle`.
    public func create(_ spec: ContainerSpec) async throws -> ContainerID { throw later() }
    /// See `ContainerLifecycle`.
    public func start(_ reference: String) async throws { throw later() }
    /// See `ContainerLifecycle`.
    public func startAttached(_ reference: String, size: TerminalSize?) async throws -> any Session { throw later() }
    /// See `ContainerLifecycle`.
    public func stop(_ reference: String, timeout: Int?, signal: Int32?) async throws { throw later() }
    /// See `ContainerLifecycle`.
    public func restart(_ reference: String, timeout: Int?, signal: Int32?) async throws { throw later() }
    /// See `ContainerLifecycle`.
    public func kill(_ reference: String, signal: Int32) async throws { throw later() }
    /// See `ContainerLifecycle`.
    public func pause(_ reference: String) async throws { throw later() }
    /// See `ContainerLifecycle`.
    public func unpause(_ reference: String) async throws { throw later() }
    /// See `ContainerLifecycle`.
    public func remove(_ reference: String, force: Bool) async throws { throw later() }
    /// See `ContainerLifecycle`.
    public func rename(_ reference: String, to name: String) async throws { throw later() }
    /// See `ContainerLifecycle`.
    public func update(
        _ reference: String, limits: ResourceLimits, restartPolicy: RestartPolicy?
    ) async throws -> [String] { throw later() }
    /// See `ContainerLifecycle`.
    public func wait(_ reference: String) async throws -> Int32 { throw later() }
    /// Removes an `autoRemove` container whose monitor has come to its end: what the exit command must call.
    /// Does nothing when the container is gone already, or runs again.
    public func reap(_ id: ContainerID) async throws { throw later() }
    /// See `LogReading`.
    public func logs(of reference: String, options: LogOptions) async throws -> any LogReader { throw later() }
    /// See `Executing`.
    public func exec(in reference: String, _ spec: ExecSpec) async throws -> any Session { throw later() }
    /// See `Executing`.
    public func execDetached(in reference: String, _ spec: ExecSpec) async throws { throw later() }
    /// See `Executing`.
    public func attach(to reference: String, input: Bool) async throws -> any Session { throw later() }
    /// See `ImageManaging`.
    public func images() async throws -> [Image] { throw later() }
    /// See `ImageManaging`.
    public func inspectImage(_ reference: String) async throws -> ImageDetails { throw later() }
    /// See `ImageManaging`.
    public func load(fromDescriptor descriptor: Int32) async throws -> [String] { throw later() }
    /// See `ImageManaging`.
    public func importRoot(_ source: ImageImport) async throws -> ImageID { throw later() }
    /// See `ImageManaging`.
    public func save(_ references: [String], toDescriptor descriptor: Int32) async throws { throw later() }
    /// See `ImageManaging`.
    public func tag(_ reference: String, as newReference: String) async throws { throw later() }
    /// See `ImageManaging`.
    public func removeImage(_ reference: String, force: Bool) async throws -> [ImageRemoval] { throw later() }
    /// See `FileCopying`.
    public func stat(_ path: String, in reference: String, followLink: Bool) async throws -> FileFacts? {
        throw later()
    }
    /// See `FileCopying`.
    public func copyOut(
        _ path: String, from reference: String, followLink: Bool, toDescriptor descriptor: Int32
    ) async throws { throw later() }
    /// See `FileCopying`.
    public func copyIn(
        fromDescriptor descriptor: Int32, to path: String, in reference: String, keepOwners: Bool
    ) async throws { throw later() }
    /// See `EventStreaming`.
    public func events(since: Timestamp?, until: Timestamp?) async throws -> any EventReader { throw later() }
    /// See `SampleTargetListing`.
    public func sampleTargets() throws -> [SampleTarget] { throw later() }
}
