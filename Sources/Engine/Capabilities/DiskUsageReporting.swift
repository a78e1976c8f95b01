/// What an engine's things take on the disk.
public protocol DiskUsageReporting: Sendable {
    /// Counts it all, which takes as long as walking through containers' and volumes' files.
    func diskUsage() async throws -> DiskUsage
    /// The same, told how far it is; a task that is cancelled stops counting.
    func diskUsage(progress: @escaping @Sendable (DiskUsageProgress) -> Void) async throws -> DiskUsage
}

/// How far a count is.
public struct DiskUsageProgress: Sendable, Hashable {
    /// Containers and volumes that are counted.
    public var done: Int
    /// Containers and volumes that there are.
    public var total: Int
    /// What is being counted; empty at the end.
    public var present: String

    /// A stage of a count.
    public init(done: Int, total: Int, present: String) {
        self.done = done
        self.total = total
        self.present = present
    }
}

extension DiskUsageReporting {
    /// An engine that tells nothing before the end.
    public func diskUsage(
        progress: @escaping @Sendable (DiskUsageProgress) -> Void
    ) async throws -> DiskUsage { try await diskUsage() }
}
