import CLinux
import CMonitorWire

/// The container's published ports, as the monitor has them: it waits for the first that comes to one of them, and leaves all
/// of them to a process that passes on what comes.
final class PortSet {
    private let epoll: Int32
    private let home: Int32
    private var ports: [PublishedPort]
    /// The hand that holds the proxy: it ends when this closes, and learns new targets through it.
    private var control = Descriptor()
    private var process = Descriptor()

    init(_ ports: [PublishedPort], home: Int32, epoll: Int32) {
        self.ports = ports
        self.home = home
        self.epoll = epoll
        // Said before anything comes: the kernel notes down only then which address was asked.
        for port in ports where !port.isStream { _ = monitor_tell_addresses(port.listener) }
        watch()
    }

    var count: Int { ports.count }
    var controlNumber: Int32 { control.number }

    private func watch() {
        for port in ports {
            _ = monitor_nonblocking(port.listener)
            _ = monitor_epoll_add(epoll, port.listener, MONITOR_READABLE, Monitor.Source.port.tag(port.listener))
        }
    }

    /// Something came to a port that no proxy looks after yet.
    func arrival() {
        guard !control.isOpen else { return }
        for port in ports { _ = monitor_epoll_remove(epoll, port.listener) }
        do throws(SystemError) { try startProxy() } catch {
            // Not tried again for every packet: that would be all that the monitor does.
            monitor_sleep(20_000_000)
            watch()
        }
    }

    private func startProxy() throws(SystemError) {
        var ends: (Int32, Int32) = (-1, -1)
        _ = try withUnsafeMutablePointer(to: &ends) { (pointer) throws(SystemError) in
            try check(monitor_socket_pair(UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Int32.self)))
        }
        let own = Descriptor(owning: ends.0)
        let given = Descriptor(owning: ends.1)
        var pidfd: Int32 = -1
        if try check(monitor_clone(0, -1, &pidfd)) == 0 { becomeProxy(control: given.number) }
        process = Descriptor(owning: pidfd)
        _ = monitor_epoll_add(epoll, own.number, MONITOR_READABLE, Monitor.Source.proxy.tag(own.number))
        control = own
    }

    /// Never comes back; the type does not say so, or the compiler would close the ends before the call.
    private func becomeProxy(control: Int32) {
        _ = monitor_death_signal(SIGKILL)
        if monitor_peer_gone(control) != 0 { monitor_exit(1) }
        Proxy.run(ports, home: home, control: control)
    }

    /// The proxy has ended, which it should not: the next arrival gets another one.
    func proxyEnded() {
        clear()
        watch()
    }

    /// Ports lead elsewhere from now on; connections that there are stay where they lead.
    func lead(to targets: [monitor_endpoint]) {
        for index in 0..<min(targets.count, ports.count) { ports[index].target = targets[index] }
        guard control.isOpen else { return }
        let size = targets.count * MemoryLayout<monitor_endpoint>.stride
        let sent = targets.withUnsafeBytes { monitor_send(control.number, $0.baseAddress, size) }
        // One that cannot be told is let go, with its connections.
        if sent != size { proxyEnded() }
    }

    /// Gives the ports back to the host, at once.
    func close() {
        clear()
        for port in ports { _ = monitor_close(port.listener) }
        ports = []
    }

    private func clear() {
        guard control.isOpen else { return }
        control.close()
        _ = monitor_pidfd_signal(process.number, SIGKILL)
        var code: Int32 = 0
        var killed: Int32 = 0
        _ = monitor_reap(process.number, &code, &killed)
        process.close()
    }
}
