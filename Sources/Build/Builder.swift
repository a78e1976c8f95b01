import Engine
import Images

/// Builds images from Dockerfiles.
public struct Builder: Sendable {
    let store: ImageStore
    let services: any BuildServices
    let executor: any StepExecutor

    /// A builder whose images, layers and cache are `store`'s.
    public init(store: ImageStore, services: any BuildServices, executor: any StepExecutor) {
        self.store = store
        self.services = services
        self.executor = executor
    }
}
