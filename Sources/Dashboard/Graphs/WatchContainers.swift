import Engine

/// Has some containers measured more closely.
struct WatchContainers: Errand {
    var containers: Set<ContainerID>

    var slot: String? { "details" }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        guard !Task.isCancelled else { return }
        services.statistics.watchDetails(of: containers)
    }
}
