import Cgroups
import Engine

/// A process that runs now.
public struct Started: Sendable {
    /// On the host.
    public var pid: Int32
    /// When its program was executed.
    public var startedAt: Timestamp
    /// Connected before its first byte of output, where an attachment was asked for.
    public var session: MonitorSession?
    /// The container's cgroups, to be kept for `exec`, figures and removal.
    public var cgroup: ContainerCgroup
    /// Sentences for the person: limits that this host cannot hold the container to.
    public var warnings: [String]
}
