import CLinux
import Glibc

/// A file descriptor with one owner: it is closed when the value's life ends, on every way out.
///
/// All descriptors made by this room are close-on-exec.
public struct OwnedDescriptor: ~Copyable, Sendable {
    /// The number, to lend to a call; it must not be closed or kept beyond the owner's life.
    public let rawValue: Int32

    /// Takes over an open descriptor.
    public init(owning rawValue: Int32) { self.rawValue = rawValue }

    deinit { _ = Glibc.close(rawValue) }

    /// Gives the descriptor away: the caller closes it.
    public consuming func take() -> Int32 {
        let value = rawValue
        discard self
        return value
    }

    /// Closes now and tells what close(2) said, which matters after writing.
    public consuming func close() throws(SystemError) {
        let value = take()
        // EINTR: Linux has closed it all the same; a second close could hit somebody else's descriptor.
        guard Glibc.close(value) == 0 || errno == EINTR else { throw SystemError.last("close") }
    }

    /// A second descriptor of the same open file.
    public borrowing func duplicate() throws(SystemError) -> OwnedDescriptor {
        let copy = fcntl(rawValue, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw SystemError.last("dup") }
        return OwnedDescriptor(owning: copy)
    }

    /// Sets or clears `O_NONBLOCK`.
    public borrowing func setNonBlocking(_ enabled: Bool) throws(SystemError) {
        let flags = fcntl(rawValue, F_GETFL)
        guard flags >= 0, fcntl(rawValue, F_SETFL, enabled ? flags | O_NONBLOCK : flags & ~O_NONBLOCK) == 0
        else { throw SystemError.last("fcntl") }
    }
}
