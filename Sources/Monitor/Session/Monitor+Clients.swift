import CLinux
import CMonitorWire

extension Monitor {
    private static let mostClients = 256

    func accept() {
        while true {
            let socket = monitor_accept(listener.number)
            guard socket >= 0 else { return }
            guard clients.count < Self.mostClients else {
                _ = monitor_close(socket)
                continue
            }
            clients.append(Client(socket: socket))
        }
    }

    func clientReady(_ descriptor: Int32, _ ready: UInt32) {
        for client in clients where client.socket.number == descriptor && !client.isGone {
            if ready & MONITOR_WRITABLE != 0 { client.flush() }
            if ready & ~MONITOR_WRITABLE != 0 {
                // A client that is let go is not read any more: for it this means that the connection broke.
                if client.isLeaving || client.isHeld { client.isGone = true } else { receive(from: client) }
            }
            return
        }
    }

    /// Forgets clients that are gone and sets what epoll waits for with the others.
    func sweep() {
        var index = 0
        while index < clients.count {
            let client = clients[index]
            if client.isGone || (client.isLeaving && client.waiting == 0) {
                clients.remove(at: index)
                leave(client)
            } else {
                updateInterest(of: client)
                index += 1
            }
        }
        resumeIfOwnerKeptUp()
    }

    private func leave(_ client: Client) {
        // Not left to the last reference: one may live on in the frame of a function that never returns, and an open
        // socket whose peer is gone would be reported without end.
        _ = monitor_epoll_remove(epoll.number, client.socket.number)
        client.socket.close()
        if client.has(SPH_HELLO_LEASH) {
            // Also one that has just been told to start again would live without its client.
            isShuttingDown = true
            kill(SIGKILL)
        }
        // docker's StdinOnce: the input ends with whoever gave it.
        if client.has(SPH_HELLO_INPUT), plan.has(SPH_PLAN_STDIN_ONCE) {
            input.end()
            if input.number >= 0 { watchInput() }
        }
    }

    private func updateInterest(of client: Client) {
        var wanted: UInt32 = client.waiting > 0 ? MONITOR_WRITABLE : 0
        if !client.isHeld, !client.isLeaving { wanted |= MONITOR_READABLE }
        // Its end counts even while nothing is read of it.
        if client.has(SPH_HELLO_LEASH) { wanted |= MONITOR_PEER_GONE }
        guard wanted != client.interest else { return }
        let number = client.socket.number
        if wanted == 0 {
            // With nothing wanted a hang-up would still be reported, again and again.
            _ = monitor_epoll_remove(epoll.number, number)
        } else if client.interest == 0 {
            add(number, .client, wanted)
        } else {
            _ = monitor_epoll_change(epoll.number, number, wanted, Source.client.tag(number))
        }
        client.interest = wanted
    }

    // MARK: - Reading

    /// Reads what a client has sent, as far as the container takes it.
    func receive(from client: Client) {
        while !client.isGone, !client.isLeaving, !client.isHeld {
            switch client.read() {
            case .nothing: return
            case .end: client.isGone = true
            case .whole: answer(client)
            case .input(let rest): guard passInput(rest, from: client) else { return }
            }
        }
    }

    /// Moves standard input from a client to the container; false when nothing more goes now.
    private func passInput(_ rest: Int, from client: Client) -> Bool {
        let mayWrite = client.has(SPH_HELLO_INPUT)
        if case .starting = phase, mayWrite {
            client.isHeld = true
            return false
        }
        var count: Int
        if mayWrite, input.isOpen {
            guard input.room > 0 else {
                client.isHeld = true
                return false
            }
            count = input.receive(from: client.socket.number, rest)
            watchInput()
        } else {
            // Nobody reads it, but the frames behind it count.
            count = monitor_receive(client.socket.number, scratch.baseAddress, min(rest, scratch.count))
        }
        if count == -Int(EAGAIN) { return false }
        guard count > 0 else {
            client.isGone = true
            return false
        }
        client.reading = rest > count ? .input(rest - count) : .header
        return true
    }

    /// Goes on reading a client that was held back.
    func release(_ client: Client) {
        client.isHeld = false
        if client.endsInput {
            client.endsInput = false
            input.end()
            watchInput()
        }
        receive(from: client)
    }
}
