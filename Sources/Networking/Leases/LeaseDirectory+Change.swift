import CLinux
import Engine
import Glibc
import LinuxSystem

extension LeaseDirectory {
    /// Gives the container its addresses and writes them down, locked. What is stale is swept before. The container's own
    /// former lease is waited for shortly, while its monitor ends. Throws `.conflict` when an address is taken or none is left.
    public func allocate(_ request: LeaseRequest) throws(EngineError) -> HeldLease {
        try makeDirectory()
        let deadline = Clock.monotonic() + Self.patience
        while true {
            if let held = try attempt(request) { return held }
            guard Clock.monotonic() < deadline else {
                throw EngineError(
                    .conflict,
                    "container \(request.containerName) is on network \(request.network.name) already")
            }
            usleep(1000)
        }
    }

    /// So long is a former monitor waited for, in nanoseconds.
    private static let patience: Int64 = 3_000_000_000

    /// `nil` while another process holds the container's lease.
    private func attempt(_ request: LeaseRequest) throws(EngineError) -> HeldLease? {
        let lock = try exclusively()
        defer { _ = lock }
        sweepLocked()
        let live = leases()
        guard !live.contains(where: { $0.endpoint.containerID == request.containerID }) else { return nil }
        let lease = Lease(endpoint: try EndpointChoice(request: request, others: live).endpoint(), ports: request.ports)
        let file = path(of: request.containerID)
        return try converting("write the lease \(file)") { () throws(SystemError) in
            let descriptor = try OwnedDescriptor.open(file, O_RDWR | O_CREAT, mode: 0o644)
            guard sph_ofd_lock(descriptor.rawValue) == 1 else { throw SystemError.last("fcntl", file) }
            try Self.write(lease, to: descriptor)
            return HeldLease(lease: lease, path: file, descriptor: descriptor)
        }
    }

    /// Changes a true lease in place (rename, connect); `false` when the container has none.
    @discardableResult
    public func rewrite(
        _ container: ContainerID, _ change: (inout Lease) -> Void
    ) throws(EngineError) -> Bool {
        guard Files.exists(path(of: container)) else { return false }
        let lock = try exclusively()
        defer { _ = lock }
        guard var lease = lease(of: container) else { return false }
        let before = lease
        change(&lease)
        if lease == before { return true }
        let changed = lease
        let file = path(of: container)
        try converting("write the lease \(file)") { () throws(SystemError) in
            let descriptor = try OwnedDescriptor.open(file, O_RDWR)
            try Self.write(changed, to: descriptor)
        }
        return true
    }

    /// Takes a lease back that no monitor has got, as after a failed start.
    public func release(_ held: HeldLease) {
        guard let lock = try? exclusively() else { return }
        defer { _ = lock }
        try? Files.remove(held.path)
    }

    /// Removes leases that nobody holds, and tells what they were, as far as they can be read.
    @discardableResult
    public func sweep() -> [Lease] {
        guard Files.exists(path), let lock = try? exclusively() else { return [] }
        defer { _ = lock }
        return sweepLocked()
    }

    /// Removes the whole directory; `false`, and nothing is removed, while a lease is true.
    public func remove() throws(EngineError) -> Bool {
        guard Files.exists(path) else { return true }
        let lock = try exclusively()
        defer { _ = lock }
        sweepLocked()
        guard leases().isEmpty else { return false }
        let directory = path
        try converting("remove \(directory)") { () throws(SystemError) in try Files.removeTree(directory) }
        return true
    }

    @discardableResult
    private func sweepLocked() -> [Lease] {
        let entries = (try? Files.list(path)) ?? []
        return entries.compactMap { entry in
            guard Self.isIdentifier(entry.name) else { return nil }
            let container = ContainerID(rawValue: entry.name)
            guard let file = try? OwnedDescriptor.open(path(of: container)), sph_ofd_is_locked(file.rawValue) == 0
            else { return nil }
            var buffer = [UInt8](repeating: 0, count: Self.sizeLimit)
            let count = buffer.withUnsafeMutableBytes { try? file.pread(into: $0) } ?? 0
            try? Files.remove(path(of: container))
            return Lease(
                text: String(decoding: buffer.prefix(count), as: UTF8.self), network: network, container: container)
        }
    }

    private func makeDirectory() throws(EngineError) {
        let directory = path
        try converting("make \(directory)") { () throws(SystemError) in
            try Files.makeDirectories(directory, mode: 0o755)
        }
    }

    private func exclusively() throws(EngineError) -> FileLock {
        let file = path + "/.lock"
        return try converting("lock \(file)") { () throws(SystemError) in try FileLock(file) }
    }

    /// Empty, then whole in a single write: a reader sees the one or the other, never a mixture.
    private static func write(_ lease: Lease, to file: borrowing OwnedDescriptor) throws(SystemError) {
        let bytes = Array(lease.text.utf8)
        guard bytes.count <= sizeLimit else { throw SystemError(E2BIG, "write") }
        guard ftruncate(file.rawValue, 0) == 0 else { throw SystemError.last("ftruncate") }
        let written = bytes.withUnsafeBytes { pwrite(file.rawValue, $0.baseAddress, $0.count, 0) }
        guard written >= 0 else { throw SystemError.last("write") }
        guard written == bytes.count else { throw SystemError(ENOSPC, "write") }
    }
}
