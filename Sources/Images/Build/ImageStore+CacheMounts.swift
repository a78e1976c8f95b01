import Engine
import Glibc
import LinuxSystem
import OCI

extension ImageStore {
    /// The directory of a cache mount, made when it is not there; it is held until the value's life ends.
    ///
    /// The same identifier must not be asked for twice by one command: with `locked` it would wait for itself.
    /// - Parameters:
    ///   - id: what names it, from the Dockerfile: any text.
    ///   - description: the instruction, for the list of what is kept.
    ///   - mode: of a new directory, as are `uid` and `gid`.
    ///   - fill: is handed a new directory to put something into.
    /// - Throws: `.system`; `CancellationError` while it waits; whatever `fill` throws.
    public func cacheMount(
        id: String, sharing: CacheMount.Sharing, description: String, mode: UInt32 = 0o755, uid: UInt32 = 0,
        gid: UInt32 = 0, fill: @escaping @Sendable (String) throws -> Void = { _ in }
    ) async throws -> CacheMount {
        let name = String(Digest(of: Array(id.utf8)).hex.prefix(32))
        let directory = BuildCacheFiles(self).mounts
        try inWords("cannot prepare the build cache in \(directory)") { () throws(SystemError) in
            try Files.makeDirectories(directory, mode: 0o700)
        }
        let (slot, lock) = try await holdSlot("\(directory)/\(name)", sharing)
        let owner = CacheMountOwner(mode: mode, uid: uid, gid: gid)
        let record = CacheMountRecord(id: id, description: description)
        return try await runOnOwnThread {
            if !Files.exists(slot) { try makeSlot(slot, record, owner, fill) }
            BuildCacheFiles.noteUse(of: "\(slot)/record.json")
            return CacheMount(path: "\(slot)/data", lock: lock)
        }
    }

    /// Waits for a directory that may be used so, and holds it.
    private func holdSlot(_ path: String, _ sharing: CacheMount.Sharing) async throws -> (String, HeldLock) {
        switch sharing {
        case .shared: return (path, try await HeldLock.wait(for: path + ".lock", .shared) {})
        case .locked: return (path, try await HeldLock.wait(for: path + ".lock") {})
        case .private:
            var number = 0
            while true {
                let slot = number == 0 ? path : "\(path).\(number)"
                let free = try inWords("cannot lock \(slot)") { () throws(SystemError) in
                    try FileLock.attempt(slot + ".lock")
                }
                if let lock = free { return (slot, HeldLock(lock)) }
                number += 1
            }
        }
    }

    private struct CacheMountOwner: Sendable {
        var mode: UInt32
        var uid: UInt32
        var gid: UInt32
    }

    /// It is made elsewhere and moved into place when it is whole: nobody finds it half filled.
    private func makeSlot(
        _ slot: String, _ record: CacheMountRecord, _ owner: CacheMountOwner, _ fill: (String) throws -> Void
    ) throws {
        try prepare()
        let collectors = try FileLock(contentLockPath, .shared)
        defer { withExtendedLifetime(collectors) {} }
        let staging = try StagingArea(self)
        let path = staging.newPath()
        let data = "\(path)/data"
        try inWords("cannot make the cache mount \(printable(record.id))") { () throws(SystemError) in
            try Files.makeDirectories(data, mode: 0o755)
            guard chown(data, owner.uid, owner.gid) == 0, chmod(data, mode_t(owner.mode & 0o7777)) == 0 else {
                throw SystemError.last("chown", data)
            }
        }
        try fill(data)
        try Files.writeAtomically(try JSON.encode(record), to: "\(path)/record.json", mode: 0o600)
        do throws(SystemError) { try Files.rename(path, to: slot) } catch {
            // Another command that shares it was faster.
            guard error.number == EEXIST || error.number == ENOTEMPTY else { throw error }
        }
    }

    // MARK: - Listing and removing

    /// Every cache mount; one that is being used is told to be.
    func cacheMounts() throws(EngineError) -> [CacheEntry] {
        let files = BuildCacheFiles(self)
        var entries: [CacheEntry] = []
        for lockPath in try files.list(files.mounts, suffix: ".lock") {
            let slot = String(lockPath.dropLast(".lock".count))
            let path = "\(slot)/record.json"
            guard let bytes = try? Files.read(path, limit: 1 << 20),
                let record = try? JSON.decode(CacheMountRecord.self, bytes, document: path)
            else { continue }
            let uses = BuildCacheFiles.uses(of: path)
            let made = (try? Files.status(path))??.modifiedAt ?? 0
            let last = Timestamp(nanoseconds: uses.last)
            let id = String(slot.dropFirst(files.mounts.utf8.count + 1))
            entries.append(
                CacheEntry(
                    path: slot,
                    record: BuildCacheRecord(
                        id: id, kind: .cacheMount, description: record.description,
                        size: (try? TreeSize.bytes(below: "\(slot)/data")) ?? 0,
                        createdAt: Timestamp(nanoseconds: made), lastUsedAt: last, uses: uses.count,
                        isInUse: isHeld(lockPath), isShared: false),
                    id: id, kind: .cacheMount, lastUsedAt: last))
        }
        return entries
    }

    private func isHeld(_ lockPath: String) -> Bool {
        guard let lock = (try? FileLock.attempt(lockPath)) ?? nil else { return true }
        withExtendedLifetime(lock) {}
        return false
    }

    /// Answers whether it went. Its lock's file stays: somebody may be about to take it.
    func removeCacheMount(_ slot: String) throws(EngineError) -> Bool {
        let free = try inWords("cannot lock \(slot)") { () throws(SystemError) in
            try FileLock.attempt(slot + ".lock")
        }
        guard let lock = free else { return false }
        defer { withExtendedLifetime(lock) {} }
        try prepare()
        let aside = "\(stagingDirectory)/removed-\(UInt64.random(in: 0 ... .max))"
        try inWords("cannot remove \(slot)") { () throws(SystemError) in
            // Moved aside first: what a crash leaves of it is no cache mount.
            try Files.rename(slot, to: aside)
            try Files.removeTree(aside)
        }
        return true
    }
}
