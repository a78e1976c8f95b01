import Engine
import Synchronization

/// Registries and layers of an engine in memory.
extension FakeEngine {
    func pull(_ request: PullRequest, progress: @escaping TransferProgress) async throws -> [PulledImage] {
        note("pull \(request.reference)")
        try fails(request.reference)
        for event in Scenery.pullEvents { progress(event) }
        try await hold(request.reference)
        return [Scenery.pulled(request.reference)]
    }

    func push(_ request: PushRequest, progress: @escaping TransferProgress) async throws -> [PushedImage] {
        note("push \(request.reference)")
        try fails(request.reference)
        for event in Scenery.pushEvents { progress(event) }
        try await hold(request.reference)
        return [PushedImage(reference: request.reference, digest: Scenery.digest(0xfe), size: 1234)]
    }

    func copyImage(_ copy: ImageCopy, progress: @escaping TransferProgress) async throws -> String {
        throw unsupported
    }

    func search(_ search: RegistrySearch) async throws -> [FoundRepository] {
        note("search \(search.term)")
        try fails(search.term)
        return Scenery.found
    }

    func remoteTags(_ repository: String) async throws -> [String] {
        note("tags \(repository)")
        try fails(repository)
        return ["latest", "1.37", "1.36", "1.36-musl"]
    }

    func inspectRemoteImage(_ reference: String, platform: String?) async throws -> RemoteImage { throw unsupported }
    func login(registry: String?, username: String, password: String) async throws -> String { throw unsupported }
    func logout(registry: String?) async throws -> Bool { false }
    func loggedInUser(registry: String?) async throws -> String? { nil }

    func imageHistory(_ reference: String) async throws -> [ImageHistoryEntry] {
        note("history \(reference)")
        return Scenery.history
    }

    func imageLayers(_ reference: String) async throws -> ImageLayers {
        note("layers \(reference)")
        try fails(reference)
        return Scenery.layers
    }

    func compareImages(_ first: String, _ second: String) async throws -> ImageDifference { throw unsupported }
    func imageTree() async throws -> [ImageTreeNode] { Scenery.imageTree }
    func readImageFile(_ reference: String, path: String, toDescriptor descriptor: Int32) async throws {
        throw unsupported
    }
    func verifyImages(
        _ references: [String], repair: Bool, progress: @escaping TransferProgress
    ) async throws -> [ImageVerification] { [] }

    private func fails(_ name: String) throws { if let error = world.withLock({ $0.failing[name] }) { throw error } }

    /// A reference with `slow` in it is never done; only cancelling ends it.
    private func hold(_ reference: String) async throws {
        guard reference.contains("slow") else { return }
        do { try await Task.sleep(for: .seconds(3600)) } catch {
            note("stopped \(reference)")
            throw EngineError(.cancelled, "the transfer was given up")
        }
    }
}
