import CLinux
import CMonitorWire

/// A process of its own that passes on what comes to published ports and was not led to the container by the firewall. It
/// holds nothing of the container but the ports, and ends with the monitor.
final class Proxy {
    /// Where readiness comes from; a slot or an index stands beside it.
    enum Source: UInt64 {
        case control = 1
        case port
        case relay
        case flow

        func tag(_ place: Int) -> UInt64 { rawValue << 32 | UInt64(UInt32(truncatingIfNeeded: place)) }
    }

    private static let mostRelays = 4096
    static let inARow = 64
    /// The longest datagram.
    static let chunk = 64 << 10

    let epoll = Descriptor(owning: monitor_epoll())
    private let control: Int32
    var ports: [PublishedPort]
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Proxy.chunk, alignment: 16)

    var relays: [Relay?] = []
    private var freeRelays: [Int] = []
    private var endedRelays: [Int] = []
    private var relayCount = 0
    private let relayBound: Int
    /// Connections wait in the kernel's queue: there are as many as can be had.
    private var isFull = false
    var pipes = PipePool()
    var flows = FlowTable()

    /// Does everything; never comes back.
    static func run(_ ports: [PublishedPort], home: Int32, control: Int32) -> Never {
        monitor_default_signals()
        monitor_ignore_signal(SIGPIPE)
        monitor_unblock_signals()
        monitor_show_as(("spyhop-proxy" as StaticString).c)
        // Its sockets towards the container lie where the container's networks do.
        if home >= 0, monitor_setns(home, Int32(truncatingIfNeeded: MONITOR_NEW_NETWORK)) < 0 { monitor_exit(1) }
        closeAll(but: ports, control)
        Proxy(ports, control: control).loop()
    }

    /// All else is the monitor's: leases above all, that nobody must keep for it.
    private static func closeAll(but ports: [PublishedPort], _ control: Int32) {
        var next: Int32 = 3
        while true {
            var least = control >= next ? control : Int32.max
            for port in ports where port.listener >= next { least = min(least, port.listener) }
            guard least != Int32.max else { break }
            if least > next { _ = monitor_close_range(UInt32(next), UInt32(least - 1), 0) }
            next = least + 1
        }
        _ = monitor_close_range(UInt32(next), UInt32.max, 0)
    }

    private init(_ ports: [PublishedPort], control: Int32) {
        self.ports = ports
        self.control = control
        // Two sockets and, while bytes are on their way, two pipes.
        let descriptors = Int(monitor_most_descriptors()) - 64 - ports.count
        relayBound = max(1, min(Self.mostRelays, descriptors / 8))
        _ = monitor_epoll_add(epoll.number, control, MONITOR_READABLE, Source.control.tag(0))
        for index in 0..<ports.count {
            _ = monitor_epoll_add(epoll.number, ports[index].listener, MONITOR_READABLE, Source.port.tag(index))
        }
    }

    private func loop() -> Never {
        withUnsafeTemporaryAllocation(of: monitor_event.self, capacity: 16) { ready in
            while true {
                let count = monitor_epoll_wait(epoll.number, ready.baseAddress, 16, flows.timeToExpiry)
                for index in 0..<max(0, Int(count)) { dispatch(ready[index]) }
                flows.expire()
                forgetEnded()
            }
        }
        monitor_exit(1)
    }

    private func dispatch(_ event: monitor_event) {
        let place = Int(event.tag & 0xffff_ffff)
        switch Source(rawValue: event.tag >> 32) {
        case .control: takeTargets()
        case .port where place < ports.count: if ports[place].isStream { accept(place) } else { receive(place) }
        case .relay where place < relays.count: if let relay = relays[place] { advance(relay, at: place, event.events) }
        case .flow: answer(place)
        default: break
        }
    }

    /// Reads where the ports lead to now; ends when the monitor lets go.
    private func takeTargets() {
        let size = MemoryLayout<monitor_endpoint>.stride
        let targets = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, ports.count) * size, alignment: 8)
        defer { targets.deallocate() }
        let count = monitor_receive(control, targets.baseAddress, targets.count)
        guard count > 0 else { monitor_exit(0) }
        for index in 0..<min(ports.count, count / size) {
            let target = targets.loadUnaligned(fromByteOffset: index * size, as: monitor_endpoint.self)
            if !target.isSame(as: ports[index].target) { flows.forget(port: index) }
            ports[index].target = target
        }
    }

    // MARK: - Connections

    private func accept(_ index: Int) {
        for _ in 0..<Self.inARow {
            guard relayCount < relayBound else { return setFull(true) }
            let socket = monitor_accept(ports[index].listener)
            if socket == -EMFILE || socket == -ENFILE { return setFull(true) }
            guard socket >= 0 else { return }
            begin(Relay(client: socket, to: ports[index].target))
        }
    }

    private func begin(_ relay: Relay) {
        // Refused at once, as by a port where nobody listens.
        guard relay.isSound else { return relay.abort() }
        let place = freeRelays.popLast() ?? relays.count
        if place == relays.count { relays.append(relay) } else { relays[place] = relay }
        relayCount += 1
        if !relay.watch(epoll.number, Source.relay.tag(place)) {
            relay.abort()
            end(at: place)
        }
    }

    private func advance(_ relay: Relay, at place: Int, _ events: UInt32) {
        switch relay.advance(&pipes, isBroken: events & MONITOR_BROKEN != 0) {
        case .waiting: break
        case .unfinished: relay.watchAgain(epoll.number, Source.relay.tag(place))
        case .ended: end(at: place)
        }
    }

    /// The slot is used again only after the batch of events that may still speak of it.
    private func end(at place: Int) {
        relays[place] = nil
        endedRelays.append(place)
    }

    private func forgetEnded() {
        guard !endedRelays.isEmpty else { return }
        relayCount -= endedRelays.count
        freeRelays += endedRelays
        endedRelays.removeAll(keepingCapacity: true)
        if isFull { setFull(false) }
    }

    private func setFull(_ full: Bool) {
        // With no connection that could end, nothing would say when to go on.
        guard full != isFull, !full || relayCount > 0 else { return }
        isFull = full
        for index in 0..<ports.count where ports[index].isStream {
            let wanted: UInt32 = full ? 0 : MONITOR_READABLE
            _ = monitor_epoll_change(epoll.number, ports[index].listener, wanted, Source.port.tag(index))
        }
    }
}
