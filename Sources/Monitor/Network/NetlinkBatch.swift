import CLinux
import CMonitorWire

/// Ready netlink messages (netlink(7)): sent in one call, every answer looked at.
enum NetlinkBatch {
    /// Most bytes of a batch, so that it fits into the monitor's scratch memory and the socket's buffer.
    static let largest: UInt32 = 32 << 10

    // Of linux/netlink.h: struct nlmsghdr is length, type, flags, sequence and port; an error's message starts with the
    // errno, negative, and 0 acknowledges.
    private static let headerSize = 16
    private static let errorType: UInt16 = 2
    private static let acknowledge: UInt16 = 4
    // Of linux/netfilter/nfnetlink.h and nf_tables.h: NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_DELTABLE.
    private static let deleteTable: UInt16 = 0x0a02

    /// Whether the bytes are messages, one behind the other, each as long as it says.
    static func isWhole(_ bytes: UnsafeRawBufferPointer) -> Bool { count(bytes) != nil }

    /// How many of the messages want an acknowledgement; nil when they are not whole.
    private static func count(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var wanted = 0
        var offset = 0
        while offset < bytes.count {
            guard bytes.count - offset >= headerSize else { return nil }
            let length = Int(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            guard length >= headerSize, length <= bytes.count - offset else { return nil }
            let flags = bytes.loadUnaligned(fromByteOffset: offset + 6, as: UInt16.self)
            if flags & acknowledge != 0 { wanted += 1 }
            offset += (length + 3) & ~3
        }
        return wanted
    }

    /// The last message of a whole batch, nothing where it is the only one.
    static func last(of bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var offset = 0
        var start = 0
        while bytes.count - offset >= headerSize {
            start = offset
            offset += (max(headerSize, Int(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))) + 3) & ~3
        }
        guard start > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(rebasing: bytes[start...])
    }

    /// Sends a batch of NETLINK_ROUTE messages; throws the first error, or EIO when one that wants it is not acknowledged.
    static func route(_ bytes: UnsafeRawBufferPointer, on socket: Int32) throws(SystemError) {
        guard bytes.count > 0, let wanted = count(bytes) else { return }
        guard try send(bytes, on: socket) >= wanted else { throw SystemError(code: EIO) }
    }

    /// Sends a batch of nf_tables messages, of which all are carried out or none; throws the first error.
    static func filter(_ bytes: UnsafeRawBufferPointer, on socket: Int32) throws(SystemError) {
        guard bytes.count > 0 else { return }
        _ = try send(bytes, on: socket)
    }

    /// Of a batch of nf_tables messages that begins with the replacing of its table, the beginning and the end alone: the table
    /// goes. Appends nothing for another batch.
    static func appendRemoval(of bytes: UnsafeRawBufferPointer, to text: inout Text) {
        var offset = 0
        while bytes.count - offset >= headerSize {
            let length = Int(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            guard length >= headerSize, let start = bytes.baseAddress else { return }
            let type = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt16.self)
            offset += (length + 3) & ~3
            guard type == deleteTable, offset <= bytes.count else { continue }
            let end = last(of: bytes)
            text.append(start, count: offset)
            if let rest = end.baseAddress { text.append(rest, count: end.count) }
            if !text.isComplete { text.clear() }
            return
        }
    }

    /// The kernel has answered every message when send(2) comes back, so nothing is waited for.
    private static func send(_ bytes: UnsafeRawBufferPointer, on socket: Int32) throws(SystemError) -> Int {
        try check(monitor_send(socket, bytes.baseAddress, bytes.count))
        return try withUnsafeTemporaryAllocation(byteCount: 8 << 10, alignment: 4) {
            (buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int in
            var acknowledged = 0
            while true {
                let count = monitor_receive_now(socket, buffer.baseAddress, buffer.count)
                if count == -Int(EAGAIN) { return acknowledged }
                try check(count)
                let answers = UnsafeRawBufferPointer(rebasing: buffer[0..<min(count, buffer.count)])
                acknowledged += try read(answers)
            }
        }
    }

    /// Counts acknowledgements; throws the errno of the first refusal.
    private static func read(_ answers: UnsafeRawBufferPointer) throws(SystemError) -> Int {
        var found = 0
        var offset = 0
        while answers.count - offset >= headerSize {
            let length = Int(answers.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            let type = answers.loadUnaligned(fromByteOffset: offset + 4, as: UInt16.self)
            guard length >= headerSize else { break }
            if type == errorType, answers.count - offset >= headerSize + 4 {
                let code = answers.loadUnaligned(fromByteOffset: offset + headerSize, as: Int32.self)
                if code < 0 { throw SystemError(code: 0 &- code) }
                found += 1
            }
            offset += (length + 3) & ~3
        }
        return found
    }
}
