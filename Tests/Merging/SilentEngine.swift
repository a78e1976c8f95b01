import Engine

/// An engine for tests: it has containers and images, and refuses everything else.
final class SilentEngine: Sendable {
    let name: String
    private let containerList: [Container]
    private let imageList: [Image]
    private let isAway: Bool

    /// Names by identifiers.
    init(name: String, containers: [String: String] = [:], images: [String: String] = [:], isAway: Bool = false) {
        self.name = name
        self.isAway = isAway
        containerList = containers.sorted { $0.key < $1.key }.map { id, name in
            Container(
                id: ContainerID(rawValue: id), name: name, image: "x", imageID: ImageID(rawValue: "x"), command: [],
                createdAt: Timestamp(seconds: 1), state: .created)
        }
        imageList = images.sorted { $0.key < $1.key }.map { id, name in
            Image(
                id: ImageID(rawValue: id), tags: [name], digest: "", createdAt: nil, size: 1, architecture: "", os: "",
                layerCount: 1)
        }
    }

    private func check<Value>(_ value: Value) throws -> Value {
        if isAway { throw EngineError(.unreachable, "\(name) is away") }
        return value
    }

    private func refused(_ verb: String, _ what: String) -> EngineError {
        EngineError(.unsupported, "cannot \(verb) \(what)")
    }
}

extension SilentEngine: ContainerListing {
    func containers() async throws -> [Container] { try check(containerList) }

    func container(_ reference: String) async throws -> Container {
        guard let found = try check(containerList).first(where: { $0.name == reference || $0.id.rawValue == reference })
        else { throw EngineError(.notFound, "no such container: \(reference)") }
        return found
    }

    func inspect(_ reference: String) async throws -> ContainerDetails { throw refused("inspect", reference) }

    func processes(of reference: String) async throws -> ProcessTable { throw refused("top", reference) }

    func changes(in reference: String) async throws -> [FileChange] { throw refused("diff", reference) }
}

extension SilentEngine: LogReading, LogSearching {
    func logs(of reference: String, options: LogOptions) async throws -> any LogReader {
        throw refused("read", reference)
    }
}

extension SilentEngine: EventStreaming {
    func events(since: Timestamp?, until: Timestamp?) async throws -> any EventReader {
        throw refused("hear", "events")
    }
}

extension SilentEngine: ProcessWatching, HealthChecking {}

extension SilentEngine: ContainerLifecycle {
    func create(_ spec: ContainerSpec) async throws -> ContainerID { throw refused("make a container of", spec.image) }

    func start(_ reference: String) async throws { throw refused("start", reference) }

    func startAttached(_ reference: String, size: TerminalSize?) async throws -> any Session {
        throw refused("start", reference)
    }

    func stop(_ reference: String, timeout: Int?, signal: Int32?) async throws {
        throw refused("stop", reference)
    }

    func restart(_ reference: String, timeout: Int?, signal: Int32?) async throws {
        throw refused("restart", reference)
    }

    func kill(_ reference: String, signal: Int32) async throws { throw refused("kill", reference) }

    func pause(_ reference: String) async throws { throw refused("pause", reference) }

    func unpause(_ reference: String) async throws { throw refused("unpause", reference) }

    func remove(_ reference: String, force: Bool, volumes: Bool) async throws {
        throw refused("remove", reference)
    }

    func rename(_ reference: String, to name: String) async throws { throw refused("rename", reference) }

    func update(
        _ reference: String, limits: ResourceLimits, restartPolicy: RestartPolicy?
    ) async throws -> [String] { throw refused("update", reference) }

    func wait(_ reference: String) async throws -> Int32 { throw refused("wait for", reference) }
}

extension SilentEngine: Executing {
    func exec(in reference: String, _ spec: ExecSpec) async throws -> any Session {
        throw refused("run a command in", reference)
    }

    func execDetached(in reference: String, _ spec: ExecSpec) async throws {
        throw refused("run a command in", reference)
    }

    func attach(to reference: String, input: Bool) async throws -> any Session {
        throw refused("attach to", reference)
    }
}

extension SilentEngine: FileCopying, FileBrowsing {
    func stat(_ path: String, in reference: String, followLink: Bool) async throws -> FileFacts? {
        throw refused("look into", reference)
    }

    func copyOut(
        _ path: String, from reference: String, followLink: Bool, toDescriptor descriptor: Int32
    ) async throws { throw refused("copy from", reference) }

    func copyIn(
        fromDescriptor descriptor: Int32, to path: String, in reference: String, keepOwners: Bool
    ) async throws { throw refused("copy to", reference) }
}

extension SilentEngine: ImageManaging {
    func images() async throws -> [Image] { try check(imageList) }

    func inspectImage(_ reference: String) async throws -> ImageDetails {
        guard
            let image = try check(imageList).first(where: { $0.id.rawValue == reference || $0.tags.contains(reference) }
            )
        else { throw EngineError(.notFound, "no such image: \(reference)") }
        return ImageDetails(
            image: image, entrypoint: [], command: [], environment: [], workingDirectory: "", user: "", stopSignal: nil,
            layers: [], author: nil)
    }

    func load(fromDescriptor descriptor: Int32) async throws -> [String] { throw refused("load", "images") }

    func importRoot(_ source: ImageImport) async throws -> ImageID { throw refused("import", "images") }

    func save(_ references: [String], toDescriptor descriptor: Int32) async throws {
        throw refused("save", "images")
    }

    func tag(_ reference: String, as newReference: String) async throws { throw refused("tag", reference) }

    func removeImage(_ reference: String, force: Bool) async throws -> [ImageRemoval] {
        throw refused("remove", reference)
    }
}

extension SilentEngine: ImageExploring {
    func imageHistory(_ reference: String) async throws -> [ImageHistoryEntry] {
        throw refused("look into", reference)
    }

    func imageLayers(_ reference: String) async throws -> ImageLayers { throw refused("look into", reference) }

    func compareImages(_ first: String, _ second: String) async throws -> ImageDifference {
        throw refused("look into", first)
    }

    func imageTree() async throws -> [ImageTreeNode] { [] }

    func readImageFile(_ reference: String, path: String, toDescriptor descriptor: Int32) async throws {
        throw refused("look into", reference)
    }

    func verifyImages(
        _ references: [String], repair: Bool, progress: @escaping TransferProgress
    ) async throws -> [ImageVerification] { throw refused("verify", "images") }
}

extension SilentEngine: ImageTransferring {
    func pull(_ request: PullRequest, progress: @escaping TransferProgress) async throws -> [PulledImage] {
        throw refused("pull", request.reference)
    }

    func push(_ request: PushRequest, progress: @escaping TransferProgress) async throws -> [PushedImage] {
        throw refused("push", request.reference)
    }

    func copyImage(_ copy: ImageCopy, progress: @escaping TransferProgress) async throws -> String {
        throw refused("copy", "images")
    }
}

extension SilentEngine: RegistryBrowsing {
    func search(_ search: RegistrySearch) async throws -> [FoundRepository] {
        throw refused("search for", search.term)
    }

    func remoteTags(_ repository: String) async throws -> [String] { throw refused("look into", repository) }

    func inspectRemoteImage(_ reference: String, platform: String?) async throws -> RemoteImage {
        throw refused("look into", reference)
    }

    func login(registry: String?, username: String, password: String) async throws -> String {
        throw refused("log in to", registry ?? "docker.io")
    }

    func logout(registry: String?) async throws -> Bool { throw refused("log out of", registry ?? "docker.io") }

    func loggedInUser(registry: String?) async throws -> String? { nil }
}

extension SilentEngine: NetworkManaging {
    func networks() async throws -> [Network] { [] }

    func inspectNetwork(_ reference: String) async throws -> Network {
        throw EngineError(.notFound, "there are no networks")
    }

    func createNetwork(_ spec: NetworkSpec) async throws -> NetworkID { throw refused("make network", spec.name) }

    func removeNetwork(_ reference: String) async throws { throw refused("remove network", reference) }

    func connect(_ container: String, _ attachment: NetworkAttachment) async throws {
        throw refused("connect", container)
    }

    func disconnect(_ container: String, from network: String, force: Bool) async throws {
        throw refused("disconnect", container)
    }
}

extension SilentEngine: VolumeManaging {
    func volumes(sizes: Bool) async throws -> [Volume] { [] }

    func inspectVolume(_ name: String) async throws -> Volume {
        throw EngineError(.notFound, "there are no volumes")
    }

    func createVolume(_ spec: VolumeSpec) async throws -> Volume { throw refused("make volume", spec.name ?? "") }

    func removeVolume(_ name: String, force: Bool) async throws { throw refused("remove volume", name) }
}

extension SilentEngine: DiskUsageReporting {
    func diskUsage() async throws -> DiskUsage {
        DiskUsage(images: [], containers: [], volumes: [], layers: 0, unusedLayers: 0)
    }
}

extension SilentEngine: ImageBuilding {}

extension SilentEngine: ContainerEngine {}
