import Build
import Engine
import FoundationEssentials
import Glibc
import Images
import LinuxSystem
import OCI
import Synchronization

/// A store, a context and a fake engine of one test, gone with the test.
final class BuildBench: Sendable {
    let path: String
    let store: ImageStore
    private let events = Mutex<[BuildEvent]>([])

    init() throws {
        path = "/tmp/spyhop-build-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        store = ImageStore(root: "\(path)/store")
        try Files.makeDirectories("\(path)/context")
        try Files.makeDirectories("\(path)/root/etc")
        try Files.writeAtomically(
            Array("root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1001:Bob:/home/bob:/bin/sh\n".utf8),
            to: "\(path)/root/etc/passwd")
        try Files.writeAtomically(Array("root:x:0:\nbobs:x:1001:\nstaff:x:50:\n".utf8), to: "\(path)/root/etc/group")
    }

    deinit { try? Files.removeTree(path) }

    /// Puts an image of a small root file system into the store.
    func addBase(_ name: String = "base", changes: [String] = []) throws {
        _ = try store.importRoot(
            ImageImport(source: .directory("\(path)/root"), reference: name, changes: changes))
    }

    /// Writes a file of the context.
    func write(_ text: String, to name: String) throws {
        let file = "\(path)/context/\(name)"
        try Files.makeDirectories(Files.directory(of: file))
        try Files.writeAtomically(Array(text.utf8), to: file)
    }

    /// The events of the last build.
    var told: [BuildEvent] { events.withLock { $0 } }

    /// The steps of the last build as they were told last.
    var steps: [BuildStep] {
        var steps: [Int: BuildStep] = [:]
        for event in told {
            switch event {
            case .planned(let planned): for step in planned { steps[step.id] = step }
            case .step(let step): steps[step.id] = step
            default: break
            }
        }
        return steps.values.sorted { $0.id < $1.id }
    }

    /// How the step whose name ends so has ended.
    func state(_ suffix: String) -> BuildStep.State? { steps.first { $0.name.hasSuffix(suffix) }?.state }

    /// Builds `dockerfile` in the bench's context.
    @discardableResult
    func build(
        _ dockerfile: String, _ executor: FakeExecutor = FakeExecutor(), _ services: FakeServices = FakeServices(),
        _ configure: (inout BuildRequest) -> Void = { _ in }
    ) async throws -> BuiltImage {
        try await build(dockerfile, executor, services, configure, onFailure: nil)
    }

    /// Builds `dockerfile`, and lets a failed step be looked at.
    @discardableResult
    func build(
        _ dockerfile: String, _ executor: FakeExecutor, _ services: FakeServices = FakeServices(),
        _ configure: (inout BuildRequest) -> Void = { _ in }, onFailure: BuildFailureHandler?
    ) async throws -> BuiltImage {
        events.withLock { $0 = [] }
        var request = BuildRequest(context: .directory("\(path)/context"))
        request.file = .text(Array(dockerfile.utf8))
        configure(&request)
        let builder = Builder(store: store, services: services, executor: executor)
        return try await builder.build(
            request, progress: { [self] event in events.withLock { $0.append(event) } }, onFailure: onFailure)
    }

    /// An image's configuration.
    func configuration(_ image: BuiltImage) throws -> ImageConfiguration {
        let id = try Digest.parse(image.id?.rawValue ?? "", in: "the test")
        let bytes = try Files.read("\(store.root)/blobs/sha256/\(id.hex)")
        return try JSONDecoder().decode(ImageConfiguration.self, from: Data(bytes))
    }

    /// What is written in an image's file; `nil` when no layer has it.
    func read(_ name: String, of image: BuiltImage) throws -> String? {
        for diffID in try configuration(image).rootfs.diffIDs.reversed() {
            let file = "\(store.layersDirectory)/\(diffID.dropFirst(7).prefix(12))/\(name)"
            if Files.exists(file) { return try Files.readText(file) }
        }
        return nil
    }
}
