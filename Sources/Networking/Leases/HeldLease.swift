import Engine
import LinuxSystem

/// A lease and the descriptor whose lock makes it true. The lock stays as long as any process has a copy of the descriptor;
/// let go here without having been handed on, the lease is stale and swept by whoever comes by.
public final class HeldLease: Sendable {
    /// What the file says.
    public let lease: Lease
    /// The file, for the monitor to unlink at the end.
    public let path: String
    /// The open, locked file.
    public let descriptor: OwnedDescriptor

    init(lease: Lease, path: String, descriptor: consuming OwnedDescriptor) {
        self.lease = lease
        self.path = path
        self.descriptor = descriptor
    }
}
