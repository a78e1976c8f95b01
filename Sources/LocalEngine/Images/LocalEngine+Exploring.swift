import Engine
import Images
import LinuxSystem

/// Images looked into. Nothing of them is collected meanwhile, and whoever waits may give up. See `ImageExploring`.
extension LocalEngine {
    /// The steps that made an image, newest first.
    public func imageHistory(_ reference: String) async throws -> [ImageHistoryEntry] {
        try await looking { store, _ in try store.history(reference) }
    }

    /// The layers with their files.
    public func imageLayers(_ reference: String) async throws -> ImageLayers {
        try await looking { store, isCancelled in try store.layers(reference, unless: isCancelled) }
    }

    /// The second image seen from the first.
    public func compareImages(_ first: String, _ second: String) async throws -> ImageDifference {
        try await looking { store, isCancelled in try store.compare(first, second, unless: isCancelled) }
    }

    /// All images by the layers that they stand on.
    public func imageTree() async throws -> [ImageTreeNode] {
        try await looking { store, _ in try store.hierarchy() }
    }

    /// Writes a regular file of the image to a descriptor.
    public func readImageFile(_ reference: String, path: String, toDescriptor descriptor: Int32) async throws {
        let store = store
        try await runOnOwnThread { try store.writeFile(path, of: reference, toDescriptor: descriptor) }
    }

    /// What is in a directory of the image.
    public func imageFiles(_ reference: String, in path: String) async throws -> [LayerFile] {
        try await looking { store, _ in try store.files(in: path, of: reference) }
    }

    private func looking<Value: Sendable>(
        _ work: @escaping @Sendable (ImageStore, @escaping () -> Bool) throws -> Value
    ) async throws -> Value {
        let store = store
        return try await runCancellable { isCancelled in
            try withoutActuallyEscaping(isCancelled) { isCancelled in
                try store.withImagesHeld { try work(store, isCancelled) }
            }
        }
    }
}
