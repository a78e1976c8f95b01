import Engine
import Synchronization

/// An engine of which only images and `create` are real: it notes what it is asked to do.
final class FakeImages: ContainerLifecycle, ImageManaging, ImageTransferring {
    private struct State {
        var names: Set<String>
        var calls: [String] = []
    }

    private let state: Mutex<State>
    private let architecture: String
    /// What a container needs beside its image.
    private let lacks: String?

    init(_ names: Set<String> = [], architecture: String = "amd64", lacks: String? = nil) {
        state = Mutex(State(names: names))
        self.architecture = architecture
        self.lacks = lacks
    }

    var calls: [String] { state.withLock { $0.calls } }

    private func note(_ call: String) { state.withLock { $0.calls.append(call) } }
    private func has(_ name: String) -> Bool { state.withLock { $0.names.contains(name) } }
    private var unmade: EngineError { EngineError(.unsupported, "not here") }

    func create(_ spec: ContainerSpec) async throws -> ContainerID {
        note("create \(spec.image)")
        guard has(spec.image) else { throw EngineError(.notFound, "no such image: \(spec.image)") }
        if let lacks { throw EngineError(.notFound, "no such \(lacks)") }
        return ContainerID(rawValue: "made")
    }

    func inspectImage(_ reference: String) async throws -> ImageDetails {
        note("inspect \(reference)")
        guard has(reference) else { throw EngineError(.notFound, "no such image: \(reference)") }
        return ImageDetails(
            image: Image(
                id: ImageID(rawValue: "sha256:1"), tags: [reference], digest: "", createdAt: nil, size: 0,
                architecture: architecture, os: "linux", layerCount: 0),
            entrypoint: [], command: [], environment: [], workingDirectory: "", user: "", stopSignal: nil, layers: [],
            author: nil)
    }

    func pull(_ request: PullRequest, progress: @escaping TransferProgress) async throws -> [PulledImage] {
        note("pull \(request.reference)" + (request.platform.map { " for \($0)" } ?? ""))
        guard !request.reference.contains("nowhere") else { throw EngineError(.denied, "there is no such repository") }
        let short = request.reference.replacing(":latest", with: "")
        state.withLock { $0.names.formUnion([request.reference, short]) }
        return [
            PulledImage(
                reference: request.reference, fullReference: request.reference, id: ImageID(rawValue: "sha256:1"),
                digest: "sha256:2", isUpToDate: false)
        ]
    }

    func images() async throws -> [Image] { [] }
    func load(fromDescriptor descriptor: Int32) async throws -> [String] { throw unmade }
    func importRoot(_ source: ImageImport) async throws -> ImageID { throw unmade }
    func save(_ references: [String], toDescriptor descriptor: Int32) async throws { throw unmade }
    func tag(_ reference: String, as newReference: String) async throws { throw unmade }
    func removeImage(_ reference: String, force: Bool) async throws -> [ImageRemoval] { throw unmade }
    func push(_ request: PushRequest, progress: @escaping TransferProgress) async throws -> [PushedImage] { [] }
    func copyImage(_ copy: ImageCopy, progress: @escaping TransferProgress) async throws -> String { throw unmade }
    func start(_ reference: String) async throws { throw unmade }
    func startAttached(_ reference: String, size: TerminalSize?) async throws -> any Session { throw unmade }
    func stop(_ reference: String, timeout: Int?, signal: Int32?) async throws { throw unmade }
    func restart(_ reference: String, timeout: Int?, signal: Int32?) async throws { throw unmade }
    func kill(_ reference: String, signal: Int32) async throws { throw unmade }
    func pause(_ reference: String) async throws { throw unmade }
    func unpause(_ reference: String) async throws { throw unmade }
    func remove(_ reference: String, force: Bool, volumes: Bool) async throws { throw unmade }
    func rename(_ reference: String, to name: String) async throws { throw unmade }
    func update(
        _ reference: String, limits: ResourceLimits, restartPolicy: RestartPolicy?
    ) async throws -> [String] { throw unmade }
    func wait(_ reference: String) async throws -> Int32 { throw unmade }
}
