import CLinux

extension Proxy {
    /// Passes datagrams on to the container.
    func receive(_ index: Int) {
        let port = ports[index]
        for _ in 0..<Self.inARow {
            var client = monitor_endpoint()
            var asked = monitor_endpoint()
            let count = monitor_receive_from(port.listener, buffer.baseAddress, buffer.count, &client, &asked)
            // An error is about one that was sent before; the next call takes what came.
            if count == -Int(EAGAIN) { return }
            guard count >= 0, count <= buffer.count, port.target.family != 0 else { continue }
            guard let flow = flow(index, client, asked, to: port.target) else { continue }
            flow.lastUse = monitor_monotonic()
            _ = monitor_send(flow.number, buffer.baseAddress, count)
        }
    }

    private func flow(
        _ port: Int, _ client: monitor_endpoint, _ asked: monitor_endpoint, to target: monitor_endpoint
    ) -> Flow? {
        let hash = FlowTable.hash(port, client, asked)
        if let known = flows.find(port, client, asked, hash: hash) { return known }
        var target = target
        let socket = Descriptor(
            owning: monitor_socket(Int32(target.family), Int32(SOCK_DGRAM.rawValue)))
        guard socket.isOpen, monitor_connect(socket.number, &target) == 0 else { return nil }
        let flow = Flow(port: port, client: client, asked: asked, hash: hash, socket: socket)
        let place = flows.add(flow)
        _ = monitor_epoll_add(epoll.number, flow.number, MONITOR_READABLE, Source.flow.tag(place))
        return flow
    }

    /// Passes the container's datagrams back, from the address that was asked.
    func answer(_ place: Int) {
        guard let flow = flows.flow(at: place), flow.port < ports.count else { return }
        let listener = ports[flow.port].listener
        for _ in 0..<Self.inARow {
            let count = monitor_receive_now(flow.number, buffer.baseAddress, buffer.count)
            if count == -Int(EAGAIN) { return }
            guard count >= 0, count <= buffer.count else { continue }
            flow.lastUse = monitor_monotonic()
            var client = flow.client
            var asked = flow.asked
            _ = monitor_send_to(listener, buffer.baseAddress, count, &client, &asked)
        }
    }
}
