import CLinux
import CMonitorWire

extension Monitor {
    /// Before "go": the container's process finds its networks made.
    func connectNetwork() throws(StartFailure) {
        guard !isExec else { return }
        if network == nil, plan.hasNetwork {
            network = ContainerNetwork(plan, epoll: epoll.number, scratch: scratch)
        }
        try network?.connect(statusFile.status.pid)
    }

    /// Puts the container on a network, or takes it off one. 0 or an errno.
    func changeNetwork(_ client: Client) -> Int32 {
        // Whoever holds the descriptor from now on: it is closed with its owner.
        let lease = client.passed.release()
        let payload = client.takeLargePayload()
        let isAttach = client.frame.kind == SPH_FRAME_ATTACH.rawValue
        guard let change = isAttach ? NetworkChange(attach: payload) : NetworkChange(detach: payload), !isExec else {
            if lease >= 0 { _ = monitor_close(lease) }
            return EINVAL
        }
        guard hasOwnNetworkNamespace else {
            if lease >= 0 { _ = monitor_close(lease) }
            return EOPNOTSUPP
        }
        if isAttach {
            if network == nil { network = makeLateNetwork() }
            return network?.attach(change, lease: lease) ?? EINVAL
        }
        if lease >= 0 { _ = monitor_close(lease) }
        return network?.detach(change) ?? ENOENT
    }

    private var hasOwnNetworkNamespace: Bool { plan.header.clone_flags & MONITOR_NEW_NETWORK != 0 }

    /// For a container that was started with no network at all.
    private func makeLateNetwork() -> ContainerNetwork {
        let network = ContainerNetwork(plan, epoll: epoll.number, scratch: scratch)
        if process.isOpen { network.find(statusFile.status.pid) }
        return network
    }
}
