/// All that a whole container engine offers. Code that needs less asks for the single capability.
public protocol ContainerEngine: ContainerListing, ContainerLifecycle, LogReading, LogSearching, Executing,
    ImageManaging,
    FileCopying, EventStreaming, NetworkManaging, VolumeManaging, DiskUsageReporting, ImageTransferring,
    RegistryBrowsing, ImageExploring, ImageBuilding, FileBrowsing, ProcessWatching, HealthChecking
{
    /// The engine's name as the dashboard shows it: `spyhop`, `docker`.
    var name: String { get }
}
