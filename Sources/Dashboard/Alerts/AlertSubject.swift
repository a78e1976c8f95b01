import Engine

/// Who alerts.
public enum AlertSubject: Sendable, Hashable {
    /// The whole machine.
    case host
    /// A container.
    case container(ContainerID)
}
