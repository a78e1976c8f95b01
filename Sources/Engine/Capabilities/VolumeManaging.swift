/// Volumes can be made, looked at and removed.
public protocol VolumeManaging: Sendable {
    /// All volumes by name; with `sizes` their content is counted, which takes as long as walking through it.
    func volumes(sizes: Bool) async throws -> [Volume]
    func inspectVolume(_ name: String) async throws -> Volume
    /// Does nothing when there is one of the same kind.
    func createVolume(_ spec: VolumeSpec) async throws -> Volume
    /// Throws `.conflict` while a container, running or not, mounts it.
    func removeVolume(_ name: String, force: Bool) async throws
}
