import Engine

// The host's view only looks: whatever would change something is refused, and who can do it is told.

extension HostEngine: ContainerLifecycle {
    /// See `ContainerLifecycle`.
    public func create(_ spec: ContainerSpec) async throws -> ContainerID {
        throw refusal("make a container of", spec.image)
    }

    /// See `ContainerLifecycle`.
    public func start(_ reference: String) async throws { throw refusal("start", reference) }

    /// See `ContainerLifecycle`.
    public func startAttached(_ reference: String, size: TerminalSize?) async throws -> any Session {
        throw refusal("start", reference)
    }

    /// See `ContainerLifecycle`.
    public func stop(_ reference: String, timeout: Int?, signal: Int32?) async throws {
        throw refusal("stop", reference)
    }

    /// See `ContainerLifecycle`.
    public func restart(_ reference: String, timeout: Int?, signal: Int32?) async throws {
        throw refusal("restart", reference)
    }

    /// See `ContainerLifecycle`.
    public func kill(_ reference: String, signal: Int32) async throws { throw refusal("kill", reference) }

    /// See `ContainerLifecycle`.
    public func pause(_ reference: String) async throws { throw refusal("pause", reference) }

    /// See `ContainerLifecycle`.
    public func unpause(_ reference: String) async throws { throw refusal("unpause", reference) }

    /// See `ContainerLifecycle`.
    public func remove(_ reference: String, force: Bool, volumes: Bool) async throws {
        throw refusal("remove", reference)
    }

    /// See `ContainerLifecycle`.
    public func rename(_ reference: String, to name: String) async throws { throw refusal("rename", reference) }

    /// See `ContainerLifecycle`.
    public func update(
        _ reference: String, limits: ResourceLimits, restartPolicy: RestartPolicy?
    ) async throws -> [String] { throw refusal("update", reference) }

    /// Waits until it does not run any more; what its exit code was nobody tells.
    public func wait(_ reference: String) async throws -> Int32 { throw refusal("wait for", reference) }
}

extension HostEngine: Executing {
    /// See `Executing`.
    public func exec(in reference: String, _ spec: ExecSpec) async throws -> any Session {
        throw refusal("run a command in", reference)
    }

    /// See `Executing`.
    public func execDetached(in reference: String, _ spec: ExecSpec) async throws {
        throw refusal("run a command in", reference)
    }

    /// See `Executing`.
    public func attach(to reference: String, input: Bool) async throws -> any Session {
        throw refusal("attach to", reference)
    }
}

extension HostEngine: FileCopying, FileBrowsing {
    /// See `FileCopying`.
    public func stat(_ path: String, in reference: String, followLink: Bool) async throws -> FileFacts? {
        throw refusal("look into", reference)
    }

    /// See `FileCopying`.
    public func copyOut(
        _ path: String, from reference: String, followLink: Bool, toDescriptor descriptor: Int32
    ) async throws { throw refusal("copy from", reference) }

    /// See `FileCopying`.
    public func copyIn(
        fromDescriptor descriptor: Int32, to path: String, in reference: String, keepOwners: Bool
    ) async throws { throw refusal("copy to", reference) }
}

extension HostEngine: ImageManaging {
    /// The host's view knows no images.
    public func images() async throws -> [Image] { [] }

    /// See `ImageManaging`.
    public func inspectImage(_ reference: String) async throws -> ImageDetails {
        throw EngineError(.notFound, "the host's view knows no images", hint: "choose an engine with --engine")
    }

    /// See `ImageManaging`.
    public func load(fromDescriptor descriptor: Int32) async throws -> [String] { throw refusal("load", "images") }

    /// See `ImageManaging`.
    public func importRoot(_ source: ImageImport) async throws -> ImageID { throw refusal("import", "images") }

    /// See `ImageManaging`.
    public func save(_ references: [String], toDescriptor descriptor: Int32) async throws {
        throw refusal("save", "images")
    }

    /// See `ImageManaging`.
    public func tag(_ reference: String, as newReference: String) async throws { throw refusal("tag", reference) }

    /// See `ImageManaging`.
    public func removeImage(_ reference: String, force: Bool) async throws -> [ImageRemoval] {
        throw refusal("remove", reference)
    }
}

extension HostEngine: ImageExploring {
    /// See `ImageExploring`.
    public func imageHistory(_ reference: String) async throws -> [ImageHistoryEntry] {
        throw refusal("look into", reference)
    }

    /// See `ImageExploring`.
    public func imageLayers(_ reference: String) async throws -> ImageLayers { throw refusal("look into", reference) }

    /// See `ImageExploring`.
    public func compareImages(_ first: String, _ second: String) async throws -> ImageDifference {
        throw refusal("look into", first)
    }

    /// The host's view knows no images.
    public func imageTree() async throws -> [ImageTreeNode] { [] }

    /// See `ImageExploring`.
    public func readImageFile(_ reference: String, path: String, toDescriptor descriptor: Int32) async throws {
        throw refusal("look into", reference)
    }

    /// See `ImageExploring`.
    public func verifyImages(
        _ references: [String], repair: Bool, progress: @escaping TransferProgress
    ) async throws -> [ImageVerification] { throw refusal("verify", "images") }
}

extension HostEngine: ImageTransferring {
    /// See `ImageTransferring`.
    public func pull(_ request: PullRequest, progress: @escaping TransferProgress) async throws -> [PulledImage] {
        throw refusal("pull", request.reference)
    }

    /// See `ImageTransferring`.
    public func push(_ request: PushRequest, progress: @escaping TransferProgress) async throws -> [PushedImage] {
        throw refusal("push", request.reference)
    }

    /// See `ImageTransferring`.
    public func copyImage(_ copy: ImageCopy, progress: @escaping TransferProgress) async throws -> String {
        throw refusal("copy", "images")
    }
}

extension HostEngine: RegistryBrowsing {
    /// See `RegistryBrowsing`.
    public func search(_ search: RegistrySearch) async throws -> [FoundRepository] {
        throw refusal("search for", search.term)
    }

    /// See `RegistryBrowsing`.
    public func remoteTags(_ repository: String) async throws -> [String] { throw refusal("look into", repository) }

    /// See `RegistryBrowsing`.
    public func inspectRemoteImage(_ reference: String, platform: String?) async throws -> RemoteImage {
        throw refusal("look into", reference)
    }

    /// See `RegistryBrowsing`.
    public func login(registry: String?, username: String, password: String) async throws -> String {
        throw refusal("log in to", registry ?? "docker.io")
    }

    /// See `RegistryBrowsing`.
    public func logout(registry: String?) async throws -> Bool { throw refusal("log out of", registry ?? "docker.io") }

    /// See `RegistryBrowsing`.
    public func loggedInUser(registry: String?) async throws -> String? { nil }
}

extension HostEngine: NetworkManaging {
    /// The host's view knows no networks.
    public func networks() async throws -> [Network] { [] }

    /// See `NetworkManaging`.
    public func inspectNetwork(_ reference: String) async throws -> Network {
        throw EngineError(.notFound, "the host's view knows no networks", hint: "choose an engine with --engine")
    }

    /// See `NetworkManaging`.
    public func createNetwork(_ spec: NetworkSpec) async throws -> NetworkID {
        throw refusal("make network", spec.name)
    }

    /// See `NetworkManaging`.
    public func removeNetwork(_ reference: String) async throws { throw refusal("remove network", reference) }

    /// See `NetworkManaging`.
    public func connect(_ container: String, _ attachment: NetworkAttachment) async throws {
        throw refusal("connect", container)
    }

    /// See `NetworkManaging`.
    public func disconnect(_ container: String, from network: String, force: Bool) async throws {
        throw refusal("disconnect", container)
    }
}

extension HostEngine: VolumeManaging {
    /// The host's view knows no volumes.
    public func volumes(sizes: Bool) async throws -> [Volume] { [] }

    /// See `VolumeManaging`.
    public func inspectVolume(_ name: String) async throws -> Volume {
        throw EngineError(.notFound, "the host's view knows no volumes", hint: "choose an engine with --engine")
    }

    /// See `VolumeManaging`.
    public func createVolume(_ spec: VolumeSpec) async throws -> Volume {
        throw refusal("make volume", spec.name ?? "")
    }

    /// See `VolumeManaging`.
    public func removeVolume(_ name: String, force: Bool) async throws { throw refusal("remove volume", name) }
}

extension HostEngine: DiskUsageReporting {
    /// The host's view counts nothing.
    public func diskUsage() async throws -> DiskUsage {
        DiskUsage(images: [], containers: [], volumes: [], layers: 0, unusedLayers: 0)
    }
}

extension HostEngine: ImageBuilding {}

extension HostEngine: ContainerEngine {}
