/// Whose a container is that was found on the host.
public enum ContainerOrigin: String, Sendable, Hashable, CaseIterable {
    case spyhop, docker, podman, containerd, crio = "cri-o", kubernetes, lxc
    case nspawn = "systemd-nspawn"
    /// A service of systemd's, which is no container but is watched like one.
    case service = "systemd"
}
