import CLinux
import Glibc

/// A port of 127.0.0.1 that refuses connections for as long as this object lives: it is taken, so that nobody else
/// can come to listen there, and nobody listens.
package final class RefusingPort: Sendable {
    /// Its number.
    package let port: UInt16
    private let descriptor: Int32

    /// Takes a port that is free.
    package init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw HarnessError("no socket: \(String(cString: strerror(errno)))") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> Int32 in
                guard bind(descriptor, pointer, length) == 0 else { return -1 }
                return getsockname(descriptor, pointer, &length)
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        guard result == 0 else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw HarnessError("cannot take a port of 127.0.0.1: \(reason)")
        }
    }

    deinit { close(descriptor) }

    /// `127.0.0.1:PORT`, as it stands in image names.
    package var host: String { "127.0.0.1:\(port)" }
}
