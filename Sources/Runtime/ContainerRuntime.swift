import Cgroups
import Engine
import OCI

/// Starts containers and processes in them: makes cgroups, writes plans, spawns monitors, and puts what went wrong into
/// words. It keeps no state: what a container does is in its monitor's `status` file.
public struct ContainerRuntime: Sendable {
    /// The program `spyhop-monitor`, by absolute path.
    public let monitorPath: String
    /// Where compiled seccomp filters are kept; made when missing.
    public let seccompCache: String
    /// Where cgroups are on this host.
    public let hierarchies: CgroupHierarchies

    /// Makes a runtime; nothing is touched.
    public init(monitorPath: String, seccompCache: String, hierarchies: CgroupHierarchies) {
        self.monitorPath = monitorPath
        self.seccompCache = seccompCache
        self.hierarchies = hierarchies
    }
}
