import Glibc

/// What stat(2) tells of a file.
public struct FileStatus: Sendable, Hashable {
    /// What kind of file it is (the `S_IFMT` part of the mode).
    public enum Kind: Sendable, Hashable {
        case regular, directory, symbolicLink, characterDevice, blockDevice, fifo, socket, unknown
    }

    /// The device and inode numbers, which together name a file.
    public var device: UInt64
    /// The inode's number.
    public var inode: UInt64
    /// Kind and permissions as `st_mode`.
    public var mode: UInt32
    /// How many names it has.
    public var links: UInt64
    /// The owner.
    public var uid: UInt32
    /// The owning group.
    public var gid: UInt32
    /// The device number of a device file (`st_rdev`).
    public var deviceNumber: UInt64
    /// Bytes.
    public var size: Int64
    /// Blocks of 512 bytes that are really taken.
    public var blocks: Int64
    /// Nanoseconds since the epoch.
    public var modifiedAt: Int64
    /// Nanoseconds since the epoch.
    public var changedAt: Int64

    init(_ facts: stat) {
        device = UInt64(facts.st_dev)
        inode = UInt64(facts.st_ino)
        mode = facts.st_mode
        links = UInt64(facts.st_nlink)
        uid = facts.st_uid
        gid = facts.st_gid
        deviceNumber = UInt64(facts.st_rdev)
        size = Int64(facts.st_size)
        blocks = Int64(facts.st_blocks)
        modifiedAt = Int64(facts.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(facts.st_mtim.tv_nsec)
        changedAt = Int64(facts.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(facts.st_ctim.tv_nsec)
    }

    /// The kind of file.
    public var kind: Kind {
        switch mode & S_IFMT {
        case S_IFREG: .regular
        case S_IFDIR: .directory
        case S_IFLNK: .symbolicLink
        case S_IFCHR: .characterDevice
        case S_IFBLK: .blockDevice
        case S_IFIFO: .fifo
        case S_IFSOCK: .socket
        default: .unknown
        }
    }

    /// It is a directory.
    public var isDirectory: Bool { kind == .directory }
}
