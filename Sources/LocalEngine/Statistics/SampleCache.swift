import Engine
import LinuxSystem
import Runtime

/// What is known of running containers between two rounds of the collector.
struct SampleCache {
    /// One container's state directory.
    struct Entry {
        let paths: ContainerPaths
        var usesHostNetwork: Bool
        /// Which `status` was read: every change is a new file.
        var statusInode: UInt64 = 0
        var statusTime: Int64 = 0
        var target: SampleTarget?
        var monitorPID: Int32 = 0
        /// Rounds until the monitor's lock is asked again.
        var roundsToLook = 0
    }

    var entries: [ContainerID: Entry] = [:]
    /// When `containers/` last changed, as far as it was listed.
    var directoryTime: Int64 = -1
}
