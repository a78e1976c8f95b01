import CLinux
import Glibc

/// Descriptors that travel over a unix socket (unix(7), SCM_RIGHTS).
public enum DescriptorPassing {
    /// Receives up to `limit` bytes and the descriptor that came along with them, close-on-exec.
    /// - Returns: no bytes at the end of the socket.
    public static func receive(
        from socket: borrowing OwnedDescriptor, limit: Int
    ) throws(SystemError) -> (bytes: [UInt8], descriptor: Int32?) {
        var bytes = [UInt8](repeating: 0, count: limit)
        var descriptor: Int32 = -1
        let fd = socket.rawValue
        while true {
            let count = bytes.withUnsafeMutableBytes {
                monitor_receive_descriptor(fd, $0.baseAddress, $0.count, &descriptor)
            }
            if count == -Int(EINTR) { continue }
            guard count >= 0 else { throw SystemError(Int32(clamping: -count), "receive") }
            return (Array(bytes.prefix(count)), descriptor >= 0 ? descriptor : nil)
        }
    }

    /// Sends bytes with a descriptor, which stays the caller's.
    public static func send(
        _ bytes: [UInt8], with descriptor: Int32, to socket: borrowing OwnedDescriptor
    ) throws(SystemError) {
        let count = bytes.withUnsafeBytes { monitor_send_with(socket.rawValue, $0.baseAddress, $0.count, descriptor) }
        guard count >= 0 else { throw SystemError(Int32(clamping: -count), "send a descriptor") }
    }
}
