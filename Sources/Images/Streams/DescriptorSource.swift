import Engine
import Glibc
import LinuxSystem

/// Reads a descriptor that somebody else owns.
final class DescriptorSource: ByteSource {
    private let descriptor: Int32
    private let subject: String
    private let buffer: UnsafeMutableRawBufferPointer

    init(_ descriptor: Int32, subject: String) {
        self.descriptor = descriptor
        self.subject = subject
        buffer = .allocate(byteCount: 256 << 10, alignment: 4096)
    }

    deinit { buffer.deallocate() }

    func next() throws(EngineError) -> UnsafeRawBufferPointer {
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return UnsafeRawBufferPointer(rebasing: buffer[..<count]) }
            switch errno {
            case EINTR: continue
            case EAGAIN: waitUntilReady(descriptor, Int16(POLLIN))
            default: throw EngineError(.system, "cannot read \(subject)", cause: SystemError.last("read"))
            }
        }
    }
}

/// Waits for a descriptor that its owner has made non-blocking.
func waitUntilReady(_ descriptor: Int32, _ events: Int16) {
    var entry = pollfd(fd: descriptor, events: events, revents: 0)
    _ = poll(&entry, 1, -1)
}
