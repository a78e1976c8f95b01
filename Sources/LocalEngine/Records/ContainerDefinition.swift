import Engine

/// What starting and inspecting a container need beyond its row: the request and what came of merging it with the image.
///
/// Kept as one JSON document, so that a new field needs no migration. Where a row has a field too (name, limits,
/// restart policy), the row is right: it is what `rename` and `update` change.
struct ContainerDefinition: Sendable, Hashable, Codable {
    var spec: ContainerSpec
    /// `KEY=VALUE`, image and request merged, without what is only known at the start (`HOME`).
    var environment: [String]
    var workingDirectory: String
    /// `user[:group]` as written; resolved at every start, for the container may change its own passwd.
    var user: String
    var hostname: String
    var stopSignal: Int32
    /// Seconds.
    var stopTimeout: Int
    /// The layers' directory names in the image store, top first.
    var layers: [String]
    /// Request and image merged; `nil` when neither says anything.
    var healthCheck: HealthCheck?
}
