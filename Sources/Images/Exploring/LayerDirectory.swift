import CArchive
import Engine
import Glibc
import LinuxSystem

/// An unpacked layer on the disk.
struct LayerDirectory: LayerFiles {
    /// Its directory's name below `layers/`: layers of one name are one and the same.
    let name: String
    private let root: SharedDescriptor

    init(_ name: String, in directory: String) throws(EngineError) {
        self.name = name
        let opened = try inWords("cannot open the layer \(name)") { () throws(SystemError) in
            try OwnedDescriptor.open("\(directory)/\(name)", O_RDONLY | O_DIRECTORY)
        }
        root = SharedDescriptor(owning: opened.take())
    }

    func list(_ path: [UInt8]) throws(EngineError) -> LayerListing {
        let tried = "cannot list /\(printable(PathText.text(path))) of the layer \(name)"
        return try inWords(tried) { () throws(SystemError) in
            // One descriptor at a time, however deep the tree is.
            let directory = try open(path.isEmpty ? [UInt8(ascii: ".")] : path, O_RDONLY | O_DIRECTORY)
            var entries: [LayerEntry] = []
            for name in try directory.rawNames() {
                entries.append(try Self.entry(name.characters, in: directory.rawValue))
            }
            entries.sort { $0.name.lexicographicallyPrecedes($1.name) }
            return LayerListing(entries: entries, isOpaque: Self.isOpaque(directory))
        }
    }

    /// Opens what stands at `path` in this layer, through no symbolic link.
    func open(_ path: [UInt8], _ flags: Int32) throws(SystemError) -> OwnedDescriptor {
        let copy = fcntl(root.rawValue, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw SystemError.last("dup") }
        return try OwnedDescriptor(owning: copy).open(
            at: path.map { CChar(bitPattern: $0) } + [0], flags, resolve: [.beneath, .noSymlinks])
    }

    /// What stands at `path` in this layer, whose last name is not followed; `nil` for nothing.
    func entry(_ path: [UInt8]) -> LayerEntry? {
        try? Self.entry(path.map { CChar(bitPattern: $0) } + [0], in: root.rawValue)
    }

    /// Whether layers below are not seen in the directory `path`.
    func isOpaque(_ path: [UInt8]) -> Bool {
        guard let directory = try? open(path, O_RDONLY | O_DIRECTORY) else { return false }
        return Self.isOpaque(directory)
    }

    private static func isOpaque(_ directory: borrowing OwnedDescriptor) -> Bool {
        directory.attribute(OverlayMark.opaque) == [UInt8(ascii: "y")]
    }

    private static func entry(_ name: [CChar], in directory: Int32) throws(SystemError) -> LayerEntry {
        var facts = stat()
        guard fstatat(directory, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 else { throw SystemError.last("fstatat") }
        let kind = kind(facts.st_mode)
        return LayerEntry(
            name: name.dropLast().map { UInt8(bitPattern: $0) }, isWhiteout: facts.isWhiteout, kind: kind,
            size: kind == .file ? Int64(facts.st_size) : 0, mode: UInt16(truncatingIfNeeded: facts.st_mode & 0o7777),
            uid: facts.st_uid, gid: facts.st_gid,
            target: kind == .symbolicLink ? try target(name, in: directory) : nil,
            deviceNumber: kind == .characterDevice || kind == .blockDevice ? UInt64(facts.st_rdev) : 0,
            inode: UInt64(facts.st_ino), links: UInt64(facts.st_nlink))
    }

    private static func kind(_ mode: mode_t) -> LayerFile.Kind {
        switch mode & S_IFMT {
        case S_IFDIR: .directory
        case S_IFLNK: .symbolicLink
        case S_IFCHR: .characterDevice
        case S_IFBLK: .blockDevice
        case S_IFIFO: .fifo
        case S_IFSOCK: .socket
        default: .file
        }
    }

    private static func target(_ name: [CChar], in directory: Int32) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let target = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
            let length = buffer.withMemoryRebound(to: CChar.self) { characters in
                characters.baseAddress.map { readlinkat(directory, name, $0, characters.count) } ?? 0
            }
            if length < 0 { failure = SystemError.last("readlinkat") }
            count = max(length, 0)
        }
        if let failure { throw failure }
        return target
    }
}
