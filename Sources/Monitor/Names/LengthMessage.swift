import CLinux

/// A message of a stream, behind its length in two bytes (RFC 1035, 4.2.2), as far as it has come. Holds no memory while
/// nothing has.
struct LengthMessage: ~Copyable {
    enum Arrival {
        /// The rest has not come yet.
        case more
        case whole
        /// The stream is at its end, or broken.
        case end
    }

    private var length: (UInt8, UInt8) = (0, 0)
    private var memory: UnsafeMutableRawBufferPointer?
    private var filled = 0

    init() { memory = nil }

    deinit { memory?.deallocate() }

    /// Reads on; nothing is read beyond the message.
    mutating func read(from socket: Int32) -> Arrival {
        while true {
            let count: Int
            if let memory {
                if filled == memory.count { return .whole }
                count = monitor_receive(socket, memory.baseAddress.map { $0 + filled }, memory.count - filled)
            } else {
                let have = filled
                count = withUnsafeMutableBytes(of: &length) { raw in
                    monitor_receive(socket, raw.baseAddress.map { $0 + have }, 2 - have)
                }
            }
            if count == -Int(EAGAIN) { return .more }
            guard count > 0 else { return .end }
            filled += count
            if memory == nil, filled == 2 {
                let size = Int(length.0) << 8 | Int(length.1)
                guard size >= Packet.headerSize else { return .end }
                memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 1)
                filled = 0
            }
        }
    }

    /// The whole message; good until the next change.
    var packet: Packet { Packet(UnsafeRawBufferPointer(memory ?? UnsafeMutableRawBufferPointer(start: nil, count: 0))) }

    mutating func set(id: UInt16) {
        guard let memory, memory.count >= 2 else { return }
        memory[0] = UInt8(id >> 8)
        memory[1] = UInt8(id & 0xff)
    }

    mutating func clear() {
        memory?.deallocate()
        memory = nil
        filled = 0
    }
}
