import CLinux
import struct Crypto.SHA256
import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Synchronization

/// What the files of a directory hashed to when they were last looked at, kept between builds.
///
/// An inode's time of change moves with everything that is hashed: content, mode, owner, attributes. It stands still
/// only within one tick of the kernel's clock, so what was changed a moment ago is not remembered, and is hashed again.
final class FileMemory: Sendable {
    /// Which state of which file it is.
    struct Key: Hashable, Sendable {
        var device: UInt64
        var inode: UInt64
    }

    private struct Entry: Sendable {
        var size: Int64
        var modifiedAt: Int64
        var changedAt: Int64
        var hash: FileHash
        /// It was of use, or came, in this process.
        var isCurrent: Bool
    }

    private struct State: Sendable {
        var entries: [Key: Entry] = [:]
        var isLoaded = false
        var isChanged = false
    }

    private let path: String
    private let state = Mutex(State())

    /// - Parameter directory: the absolute path of the directory whose files it knows.
    init(of directory: String, in store: ImageStore) {
        path = "\(store.hashesDirectory)/\(Digest(of: Array(directory.utf8)).hex.prefix(32))"
    }

    /// What a file hashes to; `compute` is asked when that is not known for sure.
    func hash(
        _ facts: stat, _ compute: () throws(EngineError) -> FileHash
    ) throws(EngineError) -> FileHash {
        let key = Key(device: UInt64(facts.st_dev), inode: UInt64(facts.st_ino))
        let times = Self.times(facts)
        if let known = find(key, size: Int64(facts.st_size), times) { return known }
        let now = Clock.realtime()
        let hash = try compute()
        guard Self.isSettled(times, at: now) else { return hash }
        let entry = Entry(
            size: Int64(facts.st_size), modifiedAt: times.modified, changedAt: times.changed, hash: hash,
            isCurrent: true)
        state.withLock {
            $0.entries[key] = entry
            $0.isChanged = true
        }
        return hash
    }

    private func find(_ key: Key, size: Int64, _ times: (modified: Int64, changed: Int64)) -> FileHash? {
        state.withLock { state in
            if !state.isLoaded {
                state.entries = load()
                state.isLoaded = true
            }
            guard let entry = state.entries[key], entry.size == size, entry.modifiedAt == times.modified,
                entry.changedAt == times.changed
            else { return nil }
            if !entry.isCurrent { state.entries[key]?.isCurrent = true }
            return entry.hash
        }
    }

    private static func times(_ facts: stat) -> (modified: Int64, changed: Int64) {
        (
            Int64(facts.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(facts.st_mtim.tv_nsec),
            Int64(facts.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(facts.st_ctim.tv_nsec)
        )
    }

    /// Whether a change after `now` is sure to show another time: the kernel's clock ticks a hundred times a second at
    /// least; file systems that keep whole seconds, or two, have no fractions.
    private static func isSettled(_ times: (modified: Int64, changed: Int64), at now: Int64) -> Bool {
        let isCoarse = times.changed % 1_000_000_000 == 0
        return now - times.changed > (isCoarse ? 3_000_000_000 : 50_000_000)
    }

    // MARK: - Between builds

    private static let magic = Array("spyhop hashes 1\n".utf8)
    /// Files that one directory is remembered for.
    private static let limit = 400_000
    private static let width = 72

    /// Writes down what is new. A memory that cannot be written costs time, nothing else.
    func save() {
        let entries: [Key: Entry]? = state.withLock { state in
            guard state.isChanged else { return nil }
            state.isChanged = false
            return state.entries
        }
        guard var entries else { return }
        // What was not met for long is forgotten before what was.
        if entries.count > Self.limit { entries = entries.filter(\.value.isCurrent) }
        guard entries.count <= Self.limit else { return }
        var bytes = Self.magic
        bytes.reserveCapacity(entries.count * Self.width + bytes.count)
        for (key, entry) in entries {
            for number in [
                key.device, key.inode, UInt64(bitPattern: entry.size), UInt64(bitPattern: entry.modifiedAt),
                UInt64(bitPattern: entry.changedAt),
            ] {
                withUnsafeBytes(of: number) { bytes += $0 }
            }
            entry.hash.withBytes { bytes += $0 }
        }
        // A damaged memory would be trusted, so it tells what it should hash to.
        let check = SHA256.hash(data: bytes)
        bytes += check
        try? Files.makeDirectories(Files.directory(of: path), mode: 0o700)
        try? Files.writeAtomically(bytes, to: path, mode: 0o600)
    }

    private func load() -> [Key: Entry] {
        guard let bytes = try? Files.read(path, limit: Self.limit * Self.width + 1024),
            bytes.count >= 32 + Self.magic.count
        else { return [:] }
        let content = bytes.dropLast(32)
        guard content.starts(with: Self.magic), SHA256.hash(data: content).elementsEqual(bytes.suffix(32)) else {
            return [:]
        }
        let count = (content.count - Self.magic.count) / Self.width
        var entries: [Key: Entry] = [:]
        entries.reserveCapacity(count)
        content.withUnsafeBytes { raw in
            for index in 0..<count {
                let start = Self.magic.count + index * Self.width
                func number(_ place: Int) -> UInt64 {
                    raw.loadUnaligned(fromByteOffset: start + place * 8, as: UInt64.self)
                }
                entries[Key(device: number(0), inode: number(1))] = Entry(
                    size: Int64(bitPattern: number(2)), modifiedAt: Int64(bitPattern: number(3)),
                    changedAt: Int64(bitPattern: number(4)),
                    hash: FileHash(number(5), number(6), number(7), number(8)), isCurrent: false)
            }
        }
        return entries
    }
}

/// A SHA-256 as four numbers: no allocation for each of many thousand files.
struct FileHash: Hashable, Sendable {
    private var parts: (UInt64, UInt64, UInt64, UInt64)

    init(_ first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) {
        parts = (first, second, third, fourth)
    }

    init(_ digest: SHA256.Digest) {
        parts = digest.withUnsafeBytes {
            (
                $0.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
                $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                $0.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
                $0.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
            )
        }
    }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(of: parts, body)
    }

    static func == (left: FileHash, right: FileHash) -> Bool { left.parts == right.parts }

    func hash(into hasher: inout Hasher) { hasher.combine(parts.0) }
}
