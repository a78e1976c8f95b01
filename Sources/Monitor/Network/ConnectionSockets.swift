import CLinux
import CMonitorWire

/// Sockets in one network namespace, made in one visit.
final class ConnectionSockets {
    private(set) var route = Descriptor()
    private(set) var filter = Descriptor()
    private var datagrams = Descriptor()
    private var listener = Descriptor()

    /// - Parameters:
    ///   - namespace: -1 is the monitor's own.
    ///   - filter: one for nf_tables, too.
    ///   - names: two for answering names, too.
    init(in namespace: Int32, filter wantsFilter: Bool, names wantsNames: Bool) throws(SystemError) {
        try withUnsafeTemporaryAllocation(of: monitor_socket.self, capacity: 4) {
            (sockets: UnsafeMutableBufferPointer<monitor_socket>) throws(SystemError) in
            var count = 0
            func want(_ kind: monitor_socket_kind) {
                sockets[count] = monitor_socket(kind: kind.rawValue, number: -1)
                count += 1
            }
            want(MONITOR_ROUTE_SOCKET)
            if wantsFilter { want(MONITOR_FILTER_SOCKET) }
            if wantsNames {
                want(MONITOR_DATAGRAM_SOCKET)
                want(MONITOR_STREAM_SOCKET)
            }
            try check(monitor_sockets_in(namespace, sockets.baseAddress, Int32(truncatingIfNeeded: count)))
            for index in 0..<count {
                let made = Descriptor(owning: sockets[index].number)
                switch monitor_socket_kind(rawValue: sockets[index].kind) {
                case MONITOR_ROUTE_SOCKET: route = made
                case MONITOR_FILTER_SOCKET: filter = made
                case MONITOR_DATAGRAM_SOCKET: datagrams = made
                default: listener = made
                }
            }
        }
    }

    /// Gives the socket for nf_tables up to somebody who keeps it.
    func takeFilter() -> Descriptor { Descriptor(owning: filter.release()) }

    /// Gives the sockets for names up: for datagrams, and for streams.
    func takeNames() -> (Int32, Int32) { (datagrams.release(), listener.release()) }
}
