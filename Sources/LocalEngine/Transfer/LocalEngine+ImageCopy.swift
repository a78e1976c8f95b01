import Engine

extension LocalEngine {
    private var unmade: EngineError { EngineError(.unsupported, "not made yet") }
    public func copyImage(_ copy: ImageCopy, progress: @escaping TransferProgress) async throws -> String {
        throw unmade
    }
}
