import CLinux

/// A connection to a published port and the one to the container that belongs to it. Bytes go through pipes and are never
/// copied; each way ends when its sender says so, and the connection when both have.
final class Relay {
    enum Outcome {
        /// Nothing more goes now.
        case waiting
        /// There is more, but others have their turn first.
        case unfinished
        case ended
    }

    /// How long a connection may take to come about.
    private static let patience: Int32 = 10_000
    private static let rounds = 16

    private var client: Descriptor
    private var target: Descriptor
    private var isConnected = false
    /// Whether the connection towards the container could be begun.
    private(set) var isSound = false
    private var inward = RelayWay()
    private var outward = RelayWay()

    init(client: Int32, to endpoint: monitor_endpoint) {
        self.client = Descriptor(owning: client)
        guard endpoint.family != 0 else {
            target = Descriptor()
            return
        }
        target = Descriptor(owning: monitor_socket(Int32(endpoint.family), Int32(SOCK_STREAM.rawValue)))
        guard target.isOpen else { return }
        _ = monitor_watch_peer(target.number, Self.patience)
        _ = monitor_watch_peer(client, 0)
        _ = monitor_no_delay(client)
        _ = monitor_no_delay(target.number)
        var endpoint = endpoint
        let answer = monitor_connect(target.number, &endpoint)
        isSound = answer == 0 || answer == -EINPROGRESS
    }

    func watch(_ epoll: Int32, _ tag: UInt64) -> Bool {
        let wanted = MONITOR_READABLE | MONITOR_WRITABLE | MONITOR_EDGE
        return monitor_epoll_add(epoll, client.number, wanted, tag) >= 0
            && monitor_epoll_add(epoll, target.number, wanted, tag) >= 0
    }

    /// Has readiness told anew, though nothing changed.
    func watchAgain(_ epoll: Int32, _ tag: UInt64) {
        let wanted = MONITOR_READABLE | MONITOR_WRITABLE | MONITOR_EDGE
        _ = monitor_epoll_change(epoll, client.number, wanted, tag)
        _ = monitor_epoll_change(epoll, target.number, wanted, tag)
    }

    /// Breaks off: the client sees a reset.
    func abort() {
        if client.isOpen { _ = monitor_abort_on_close(client.number) }
        if target.isOpen { _ = monitor_abort_on_close(target.number) }
        client.close()
        target.close()
    }

    /// Moves what can be moved, both ways.
    func advance(_ pipes: inout PipePool, isBroken: Bool) -> Outcome {
        if !isConnected {
            switch connect(isBroken: isBroken) {
            case .unfinished: isConnected = true
            case .waiting: return .waiting
            case .ended: return .ended
            }
        }
        for _ in 0..<Self.rounds {
            let into = inward.move(from: client.number, to: target.number, &pipes)
            let out = outward.move(from: target.number, to: client.number, &pipes)
            if into == .broken || out == .broken {
                giveBack(&pipes)
                abort()
                return .ended
            }
            if inward.isOver, outward.isOver {
                giveBack(&pipes)
                return .ended
            }
            if into == .stuck, out == .stuck { return .waiting }
        }
        return .unfinished
    }

    /// `.unfinished` once the connection stands.
    private func connect(isBroken: Bool) -> Outcome {
        if monitor_socket_error(target.number) != 0 {
            abort()
            return .ended
        }
        guard monitor_is_connected(target.number) == 1 else {
            if isBroken { abort() }
            return isBroken ? .ended : .waiting
        }
        _ = monitor_watch_peer(target.number, 0)
        return .unfinished
    }

    private func giveBack(_ pipes: inout PipePool) {
        inward.giveBack(&pipes)
        outward.giveBack(&pipes)
    }
}
