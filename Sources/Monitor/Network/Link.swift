import CLinux
import CMonitorWire

/// One network of the container: the messages that make its pair of interfaces, and the lease that says what it has there.
final class Link {
    private let wire: sph_link
    private let blob: Blob
    /// What the spans of an SPH_FRAME_ATTACH point into; the plan's own blob is everybody's.
    private let owned: UnsafeMutableRawBufferPointer?
    /// Locked as long as the lease is true.
    private var lease: Descriptor
    /// The pair of interfaces is there.
    private(set) var isUp = false

    /// A link of the plan, or of a frame whose payload it takes over.
    init(_ wire: sph_link, in blob: Blob, lease: Int32, owning memory: UnsafeMutableRawBufferPointer? = nil) {
        self.wire = wire
        self.blob = blob
        self.lease = Descriptor(owning: lease)
        owned = memory
    }

    deinit { owned?.deallocate() }

    /// The directory of the network's leases, where names are shared.
    var names: CString? { blob.optionalString(wire.names) }

    func isOf(_ network: CString) -> Bool { strcmp(blob.string(wire.network), network) == 0 }

    func isSame(networkAs other: Link) -> Bool { isOf(other.blob.string(other.wire.network)) }

    /// Makes the pair of interfaces, with the container's namespace in `descriptor`; scratch is memory for a moment.
    func bringUp(
        _ namespace: Int32, home: Int32, inside: Int32, _ scratch: UnsafeMutableRawBufferPointer
    ) throws(SystemError) {
        let outer = blob.bytes(wire.outer)
        guard outer.count <= scratch.count else { throw SystemError(code: EMSGSIZE) }
        scratch.copyMemory(from: outer)
        for index in 0..<blob.itemCount(wire.patches, of: UInt32.self) {
            let offset = Int(blob.item(wire.patches, at: index, as: UInt32.self))
            scratch.storeBytes(of: namespace, toByteOffset: offset, as: Int32.self)
        }
        // Also after a failure: a message before the one that failed may have made the pair.
        isUp = true
        let messages = UnsafeRawBufferPointer(rebasing: scratch[0..<outer.count])
        do throws(SystemError) { try NetlinkBatch.route(messages, on: home) } catch {
            // The end of a pair whose container was killed with its monitor: the kernel has not come to it yet.
            guard error.code == EEXIST else { throw error }
            try? NetlinkBatch.route(blob.bytes(wire.removal), on: home)
            try NetlinkBatch.route(messages, on: home)
        }
        try NetlinkBatch.route(blob.bytes(wire.inner), on: inside)
        try NetlinkBatch.route(NetlinkBatch.last(of: blob.bytes(wire.outer)), on: home)
    }

    /// Takes the pair away. When the container's namespace goes the kernel does so, but only in its own time.
    func takeDown(home: Int32) {
        guard isUp else { return }
        isUp = false
        try? NetlinkBatch.route(blob.bytes(wire.removal), on: home)
    }

    /// Gives back what the container had on the network.
    func giveUpLease() {
        guard lease.isOpen else { return }
        // Unlinked while it is still locked, so that nobody takes the file for a stale one and makes another in its place.
        if let path = blob.optionalString(wire.lease_path) { _ = monitor_unlink(AT_FDCWD, path) }
        lease.close()
    }

    /// Lets go of the lock and leaves the file to the link that takes this one's place.
    func passLeaseOn() { lease.close() }
}
