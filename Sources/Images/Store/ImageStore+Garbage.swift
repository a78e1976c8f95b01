import Engine
import Glibc
import LinuxSystem
import OCI

/// Collecting what nobody needs. Under the exclusive lock nobody is adding content, so whatever is staged belongs to
/// the dead.
extension ImageStore {
    /// Removes blobs, layers and leftovers that no image needs. What unfinished pulls have brought stays for a day.
    ///
    /// While somebody adds content nothing is removed; it is made up for when he has finished.
    public func collectGarbage() throws(EngineError) {
        try prepare()
        try? markCollectionDue()
        try sweepUnlessBusy(attempts: Self.patience)
    }

    /// The same, and what unfinished pulls have brought goes too.
    /// - Returns: bytes of the disk that were given back; `nil` when somebody was adding content.
    public func pruneUnused() throws(EngineError) -> Int64? {
        try prepare()
        try? markCollectionDue()
        return try sweepUnlessBusy(keepsPending: false, attempts: Self.patience)
    }

    /// Runs `body` while nothing is collected: between resolving an image and recording the container that uses it.
    public func withImagesHeld<Result>(_ body: () throws -> Result) throws -> Result {
        let lock = try lockContent()
        defer { withExtendedLifetime(lock) {} }
        return try body()
    }

    /// The lock's file is made after all else: where it is, there is nothing to prepare.
    private func lockContent() throws -> FileLock {
        if let lock = try FileLock.ofExisting(contentLockPath, .shared) { return lock }
        try prepare()
        return try FileLock(contentLockPath, .shared)
    }

    /// Runs a change: clears what a crash has left, keeps collectors away, and clears its own traces when it fails.
    func changing<Value>(
        _ body: (borrowing StagingArea) throws(EngineError) -> Value
    ) throws(EngineError) -> Value {
        try prepare()
        try clearLeftovers()
        let value: Value
        do throws(EngineError) {
            let lock = try inWords("cannot lock the image store in \(root)") { () throws(SystemError) in
                try FileLock(contentLockPath, .shared)
            }
            defer { withExtendedLifetime(lock) {} }
            let staging = try StagingArea(self)
            value = try body(staging)
        } catch {
            // The first error is what the person needs to know; what cannot be cleared now is cleared by the next
            // change.
            try? collectGarbage()
            throw explained(error)
        }
        try? collectIfDue()
        return value
    }

    /// What a killed process has left in the staging area.
    func clearLeftovers() throws(EngineError) {
        // Lock files stay behind every load; only directories are somebody's unfinished work.
        guard try entries(of: stagingDirectory).contains(where: { !$0.name.hasSuffix(".lock") }) else { return }
        try sweepUnlessBusy()
    }

    /// Asks whoever ends a change next to collect. It comes before the attempt: who holds the lock then sees it when
    /// he ends.
    func markCollectionDue() throws(EngineError) {
        try inWords("cannot mark the image store in \(root)") { () throws(SystemError) in
            _ = try OwnedDescriptor.open(collectionMark, O_WRONLY | O_CREAT, mode: 0o600)
        }
    }

    /// Marks a manifest whose content is still to come; a mark that is there is young again.
    func markPending(_ manifest: Digest) throws(EngineError) {
        let now = Clock.realtime()
        try inWords("cannot mark the manifest \(manifest)") { () throws(SystemError) in
            try OwnedDescriptor.open(pendingPath(manifest), O_WRONLY | O_CREAT, mode: 0o600).setModified(now)
        }
    }

    /// Makes up for a collection that found the store busy.
    func collectIfDue() throws(EngineError) {
        if Files.exists(collectionMark) { try sweepUnlessBusy(attempts: Self.patience) }
    }

    /// Garbage is moved aside under the lock and removed after it: removing a large layer takes long, and a container
    /// that is just being started must not wait for it.
    @discardableResult
    private func sweepUnlessBusy(keepsPending: Bool = true, attempts: Int = 1) throws(EngineError) -> Int64? {
        for attempt in 1...attempts {
            let free = try inWords("cannot lock the image store in \(root)") { () throws(SystemError) in
                try FileLock.attempt(contentLockPath)
            }
            if let lock = free {
                let sweep = Sweep(self)
                try sweep.run(keepsPending: keepsPending)
                _ = consume lock
                return sweep.removeAside()
            }
            // Whoever makes a container holds the lock for a moment, as does a process that was forked and has not
            // begun its program yet; whoever pulls, for long.
            if attempt < attempts { usleep(4_000) }
        }
        return nil
    }

    /// How often the lock is asked for, four milliseconds apart.
    private static let patience = 25

    func entries(of directory: String) throws(EngineError) -> [DirectoryEntry] {
        try inWords("cannot read the image store in \(root)") { () throws(SystemError) in try Files.list(directory) }
    }
}
