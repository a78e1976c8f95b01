import CLinux
import Glibc

/// A pipe's two ends, or a pair of connected sockets.
public struct Pipe: ~Copyable, Sendable {
    /// Where bytes come out; for sockets the first end.
    public let read: OwnedDescriptor
    /// Where bytes go in; for sockets the second end.
    public let write: OwnedDescriptor

    private init(read: consuming OwnedDescriptor, write: consuming OwnedDescriptor) {
        self.read = read
        self.write = write
    }

    /// pipe2(2).
    public init(nonBlocking: Bool = false) throws(SystemError) {
        var ends: [Int32] = [-1, -1]
        guard sph_pipe(&ends, nonBlocking ? 1 : 0) == 0 else { throw SystemError.last("pipe") }
        self.init(read: OwnedDescriptor(owning: ends[0]), write: OwnedDescriptor(owning: ends[1]))
    }

    /// socketpair(2): two connected stream sockets, both to read and to write.
    public static func sockets() throws(SystemError) -> Pipe {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw SystemError.last("socketpair") }
        return Pipe(read: OwnedDescriptor(owning: ends[0]), write: OwnedDescriptor(owning: ends[1]))
    }

    /// Gives both ends away, raw; the caller closes them.
    public consuming func take() -> (read: Int32, write: Int32) {
        let first = read.take()
        let second = write.take()
        return (first, second)
    }
}
