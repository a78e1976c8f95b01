import Engine

/// Batches of nf_tables messages. Each names only the one table that it makes or takes away.
public enum FirewallPlan {
    /// The table of a network.
    public static func table(of network: NetworkID) -> String { "spyhop-\(network.short)" }
    /// The table of a running container's ports.
    public static func table(of container: ContainerID) -> String { "spyhop-\(container.short)" }
}
