import CLinux
import Engine
import Glibc
import LinuxSystem
import Synchronization

/// A netlink socket of the engine's own (netlink(7)). Everything it sends is answered within the call, so it blocks only
/// as long as the kernel works.
public final class NetlinkSocket: Sendable {
    /// What the socket speaks.
    public enum Family: Int32, Sendable {
        /// Links, addresses, routes (rtnetlink(7)).
        case route = 0
        /// nf_tables.
        case netfilter = 12
    }

    private let socket: OwnedDescriptor
    /// Threads take turns: whoever asks reads the next answer, and it must be his own.
    private let turn = Mutex(())

    /// Opens one in the calling thread's network namespace.
    public init(_ family: Family) throws(SystemError) {
        let fd = sph_netlink_socket(family.rawValue)
        guard fd >= 0 else { throw SystemError.last("socket", "netlink") }
        socket = OwnedDescriptor(owning: fd)
    }

    /// Sends a batch at once and reads the answers to all messages that ask for one; throws the first failure.
    /// Failures with a number in `ignoring` count as done.
    public func send(_ batch: [UInt8], ignoring: Set<Int32> = []) throws(NetlinkError) {
        try turn.withLock { _ throws(NetlinkError) in try exchange(batch, ignoring) }
    }

    private func exchange(_ batch: [UInt8], _ ignoring: Set<Int32>) throws(NetlinkError) {
        var waiting = NetlinkReader.acknowledged(batch)
        let isFramed =
            NetlinkReader(batch).first { _ in true }.map { $0.flags & NetlinkMessage.acknowledgeFlag == 0 } ?? false
        try transmit(batch)
        var failure: NetlinkError?
        while waiting > 0 {
            let datagram = try receive()
            for message in NetlinkReader(datagram) where message.type == NetlinkMessage.error {
                let error = NetlinkError(message)
                // A batch of nf_tables that fails as a whole is answered for by its first message, which asked for nothing.
                if isFramed, message.sequence == NetlinkBatch.firstSequence {
                    if let error { throw error }
                    continue
                }
                waiting -= 1
                if let error, failure == nil, !ignoring.contains(error.number) { failure = error }
            }
        }
        if let failure { throw failure }
    }

    /// Asks for a list (NLM_F_DUMP), and answers all its messages. A list that changed meanwhile is asked for anew.
    public func dump(_ request: [UInt8]) throws(NetlinkError) -> [NetlinkMessage] {
        try turn.withLock { _ throws(NetlinkError) in
            for _ in 0..<8 {
                try transmit(request)
                if let whole = try collect() { return whole }
            }
            throw NetlinkError(number: EINTR, words: nil)
        }
    }

    /// Asks for a single object; `nil` when there is none (`ENOENT`, `ENODEV`).
    public func get(_ request: [UInt8]) throws(NetlinkError) -> NetlinkMessage? {
        try turn.withLock { _ throws(NetlinkError) in try answer(to: request) }
    }

    private func answer(to request: [UInt8]) throws(NetlinkError) -> NetlinkMessage? {
        try transmit(request)
        var found: NetlinkMessage?
        while true {
            for message in NetlinkReader(try receive()) {
                guard message.type == NetlinkMessage.error else {
                    found = message
                    continue
                }
                guard let error = NetlinkError(message) else { return found }
                if error.number == ENOENT || error.number == ENODEV { return nil }
                throw error
            }
        }
    }

    /// `nil` when the kernel says that the list is not of one moment (NLM_F_DUMP_INTR).
    private func collect() throws(NetlinkError) -> [NetlinkMessage]? {
        var messages: [NetlinkMessage] = []
        var isInterrupted = false
        while true {
            for message in NetlinkReader(try receive()) {
                isInterrupted = isInterrupted || message.flags & NetlinkMessage.interruptedFlag != 0
                switch message.type {
                case NetlinkMessage.done: return isInterrupted ? nil : messages
                case NetlinkMessage.error:
                    if let error = NetlinkError(message) { throw error }
                default: messages.append(message)
                }
            }
        }
    }

    private func transmit(_ bytes: [UInt8]) throws(NetlinkError) {
        let sent = bytes.withUnsafeBytes { sph_netlink_send(socket.rawValue, $0.baseAddress, $0.count) }
        guard sent == bytes.count else { throw NetlinkError(number: sent < 0 ? errno : EMSGSIZE, words: nil) }
    }

    private func receive() throws(NetlinkError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
            var got = sph_netlink_receive(socket.rawValue, buffer.baseAddress, buffer.count)
            while got < 0 && errno == EINTR {
                got = sph_netlink_receive(socket.rawValue, buffer.baseAddress, buffer.count)
            }
            if got < 0 { failure = errno }
            count = min(max(got, 0), buffer.count)
        }
        guard failure == 0 else { throw NetlinkError(number: failure == EAGAIN ? ETIMEDOUT : failure, words: nil) }
        return bytes
    }
}
