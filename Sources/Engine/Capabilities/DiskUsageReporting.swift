/// What an engine's things take on the disk.
public protocol DiskUsageReporting: Sendable {
    /// Counts it all, which takes as long as walking through containers' and volumes' files.
    func diskUsage() async throws -> DiskUsage
}
