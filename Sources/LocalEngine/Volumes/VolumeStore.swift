import Engine
import Glibc
import LinuxSystem

/// The volumes' files, below `volumes/` in the root, and how they keep in step with the rows of the database.
///
/// The row is the truth. A row without files is an empty volume, whose directory is made when it is needed. Files that
/// are being put in place for a new row, or taken away with an old one, stand aside under `.aside-NAME`: whoever finds
/// them there after a crash puts them back when the row is there, and else throws them away. Files without a row that
/// stand in place are never touched: they may be what a lost database has left. What is about to be deleted is called
/// `.trash-…`.
///
/// Whoever makes containers with volumes holds the lock with others, from the first look at a volume to the container's
/// row; whoever removes a volume holds it alone.
struct VolumeStore: Sendable {
    /// `volumes/` in the root.
    let root: String
    let records: RecordStore

    func directory(_ name: String) -> String { "\(root)/\(name)" }
    /// The content, as docker has it.
    func data(_ name: String) -> String { "\(root)/\(name)/_data" }
    private func aside(_ name: String) -> String { "\(root)/\(Self.asidePrefix)\(name)" }

    private static let asidePrefix = ".aside-"
    private static let trashPrefix = ".trash-"

    /// Waits for the lock. Blocks the thread.
    func hold(_ mode: FileLock.Mode) throws(SystemError) -> FileLock {
        let path = root + "/.lock"
        do throws(SystemError) { return try FileLock(path, mode) } catch {
            guard error.number == ENOENT else { throw error }
            try Files.makeDirectories(root, mode: 0o711)
            return try FileLock(path, mode)
        }
    }

    /// Makes sure that a recorded volume's directory is there.
    func prepare(_ name: String) throws(SystemError) {
        if Files.exists(data(name)) { return }
        if Files.exists(aside(name)), !Files.exists(directory(name)) {
            do throws(SystemError) { try Files.rename(aside(name), to: directory(name)) } catch {
                // Another process was quicker.
                guard error.number == ENOENT || error.number == ENOTEMPTY else { throw error }
            }
        }
        try make(directory(name), 0o711)
        try make(data(name), 0o755)
    }

    /// The place of a volume whose row will come with its container's: it does not count before.
    func prepareAside(_ name: String) throws(SystemError) -> VolumePlace {
        try Files.makeDirectories(root, mode: 0o711)
        try make(aside(name), 0o711)
        try make(aside(name) + "/_data", 0o755)
        return VolumePlace(data: aside(name) + "/_data", staging: aside(name))
    }

    /// Throws away what was prepared for a container that did not come to be.
    func discardAside(_ name: String) {
        try? Files.removeTree(aside(name))
    }

    /// Where a recorded volume's content is filled from an image.
    func place(_ name: String) -> VolumePlace { VolumePlace(data: data(name), staging: directory(name)) }

    /// What was made gets its mode whatever the caller's umask is.
    private func make(_ path: String, _ mode: mode_t) throws(SystemError) {
        guard mkdir(path, mode) == 0 else {
            if errno == EEXIST { return }
            throw SystemError.last("mkdir", path)
        }
        guard chmod(path, mode) == 0 else { throw SystemError.last("chmod", path) }
    }

    /// Removes a volume that nobody uses. Blocks the thread.
    /// - Throws: `.notFound`, `.conflict`.
    func remove(_ name: String) throws {
        let trash = newTrash()
        do {
            let lock = try inWords("lock the volumes in \(root)") { () throws(SystemError) in try hold(.exclusive) }
            defer { withExtendedLifetime(lock) {} }
            do {
                try records.deleteVolume(name) { try putAside(name) }
            } catch {
                if Files.exists(aside(name)) { try? prepare(name) }
                throw error
            }
            moveAway(name, to: trash)
        }
        try discard(trash, name)
    }

    /// Removes the anonymous volumes that only this container uses, while `forget` removes its row. Blocks the thread.
    /// - Returns: the volumes that have gone.
    func remove(
        ownedBy id: ContainerID, among names: [String], forget: ([String]) throws -> Void
    ) throws -> [String] {
        var gone: [(name: String, trash: String)] = []
        do {
            let lock = try inWords("lock the volumes in \(root)") { () throws(SystemError) in try hold(.exclusive) }
            defer { withExtendedLifetime(lock) {} }
            let own = try records.ownVolumes(of: id, among: names)
            do {
                for name in own { try putAside(name) }
                try forget(own)
            } catch {
                for name in own where Files.exists(aside(name)) { try? prepare(name) }
                throw error
            }
            for name in own {
                gone.append((name, newTrash()))
                moveAway(name, to: gone[gone.count - 1].trash)
            }
        }
        for (name, trash) in gone { try discard(trash, name) }
        return gone.map(\.name)
    }

    private func newTrash() -> String { "\(root)/\(Self.trashPrefix)\(UInt64.random(in: 0 ... .max))" }

    private func putAside(_ name: String) throws {
        guard Files.exists(directory(name)) else { return }
        try inWords("put the files of volume \(name) aside") { () throws(SystemError) in
            // Of an earlier life of the name: its row has gone, or its files would not stand in place.
            try Files.removeTree(aside(name))
            try Files.rename(directory(name), to: aside(name))
        }
    }

    /// What cannot be moved is moved by the next sweep: the row has gone.
    private func moveAway(_ name: String, to trash: String) {
        if Files.exists(aside(name)) { try? Files.rename(aside(name), to: trash) }
    }

    private func discard(_ trash: String, _ name: String) throws {
        try inWords("remove the files of volume \(name)") { () throws(SystemError) in try Files.removeTree(trash) }
    }

    /// Clears what crashes have left, unless somebody is just working with volumes.
    func sweep() throws {
        guard let entries = try? Files.list(root) else { return }
        let left = entries.filter { $0.name.hasPrefix(Self.asidePrefix) || $0.name.hasPrefix(Self.trashPrefix) }
        guard !left.isEmpty, let lock = try? FileLock.attempt(root + "/.lock") else { return }
        var trash: [String] = []
        do {
            defer { withExtendedLifetime(lock) {} }
            for entry in left where entry.name.hasPrefix(Self.asidePrefix) {
                let name = String(entry.name.dropFirst(Self.asidePrefix.count))
                if try records.volume(name) != nil, !Files.exists(directory(name)) {
                    try? prepare(name)
                } else {
                    trash.append(newTrash())
                    moveAway(name, to: trash[trash.count - 1])
                }
            }
        }
        for entry in left where entry.name.hasPrefix(Self.trashPrefix) { trash.append("\(root)/\(entry.name)") }
        for path in trash { try? Files.removeTree(path) }
    }
}
