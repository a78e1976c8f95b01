/// Whose a container is that was found on the host.
public enum ContainerOrigin: String, Sendable, Hashable, CaseIterable {
    case spyhop, docker, podman, containerd, crio = "cri-o", kubernetes, lxc
    case nspawn = "systemd-nspawn"
    /// A service of systemd's, which is no container but is watched like one.
    case service = "systemd"

    /// The engine that can change such a container, for advice.
    var manager: String? {
        switch self {
        case .spyhop: "spyhop --root DIR"
        case .docker: "spyhop --engine docker"
        case .podman: "spyhop --engine podman"
        case .containerd: "ctr or nerdctl"
        case .crio: "crictl"
        case .kubernetes: "kubectl"
        case .lxc: "lxc-stop and its like"
        case .nspawn: "machinectl"
        case .service: "systemctl"
        }
    }
}
