import Engine

/// One name in a directory of an unpacked layer.
struct LayerEntry: Sendable, Hashable {
    /// The name alone; it need not be UTF-8.
    var name: [UInt8]
    /// The layer hides what layers below have under the name, and nothing else of the entry counts.
    var isWhiteout = false
    /// What it is.
    var kind: LayerFile.Kind
    /// Bytes of a regular file; 0 for all else.
    var size: Int64 = 0
    /// Permissions with setuid, setgid and sticky.
    var mode: UInt16
    /// The owner's number.
    var uid: UInt32 = 0
    /// The group's number.
    var gid: UInt32 = 0
    /// Where a symbolic link leads.
    var target: [UInt8]?
    /// Which device a device file is.
    var deviceNumber: UInt64 = 0
    /// Names of one inode in one layer share their content.
    var inode: UInt64 = 0
    /// How many names the inode has.
    var links: UInt64 = 1

    var isDirectory: Bool { kind == .directory && !isWhiteout }

    /// Whether everything but names, content and times is the same.
    func hasSameNature(as other: LayerEntry) -> Bool {
        kind == other.kind && size == other.size && mode == other.mode && uid == other.uid && gid == other.gid
            && target == other.target && deviceNumber == other.deviceNumber
    }

    /// The entry as it is told.
    func file(at path: [UInt8], _ change: LayerFile.Change, size: Int64) -> LayerFile {
        LayerFile(
            path: PathText.text(path), kind: kind, change: change, size: size, mode: mode, uid: uid, gid: gid,
            target: target.map(PathText.text))
    }
}
