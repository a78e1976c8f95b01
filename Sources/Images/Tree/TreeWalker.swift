import CArchive
import Engine
import Glibc
import LinuxSystem

/// Walks a directory tree into a tar stream: in order of names, on one file system, never through a link.
final class TreeWalker {
    private let writer: TarWriter
    private let strangersAreRoot: Bool
    /// What else is to be done where the tree is an overlay's upper directory that becomes a layer.
    private let layer: LayerRules?
    /// What is left out, by path and whether it is a directory, with all below it.
    var excludes: ((_ path: [UInt8], _ isDirectory: Bool) -> Bool)?
    /// The kernel's overflowuid and overflowgid.
    private static let stranger: uid_t = 65_534
    /// The name under which a file with several links was written first.
    private var links: [FileKey: [UInt8]] = [:]
    private var device: dev_t?
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 4096)
    /// Bytes of file content written.
    private(set) var contentBytes: Int64 = 0

    private struct FileKey: Hashable {
        var device: dev_t
        var inode: ino_t
    }

    /// - Parameter strangersAreRoot: a directory of the host's is read in a user namespace, where everybody who is not
    ///   among its ids, the host's root above all, looks like one and the same nobody: such files become root's.
    /// - Parameter layer: the tree is an overlay's upper directory.
    init(_ writer: TarWriter, strangersAreRoot: Bool = false, layer: LayerRules? = nil) {
        self.writer = writer
        self.strangersAreRoot = strangersAreRoot
        self.layer = layer
    }

    deinit { buffer.deallocate() }

    /// Adds `name` of the open directory, and all below it, as `path`; an empty path leaves out the entry itself.
    func add(_ name: [UInt8], in directory: Int32, as path: [UInt8]) throws(EngineError) {
        var facts = stat()
        let cName = name.map { CChar(bitPattern: $0) } + [0]
        guard fstatat(directory, cName, &facts, AT_SYMLINK_NOFOLLOW) == 0 else {
            // A file that vanished while its directory was read was never there.
            if errno == ENOENT, device != nil { return }
            throw failed("stat", path)
        }
        if strangersAreRoot {
            if facts.st_uid == Self.stranger { facts.st_uid = 0 }
            if facts.st_gid == Self.stranger { facts.st_gid = 0 }
        }
        let kind = facts.st_mode & S_IFMT
        if device == nil { device = facts.st_dev }
        if let excludes, !path.isEmpty, excludes(path, kind == S_IFDIR) { return }
        if let layer {
            if facts.isWhiteout {
                let mark = Entry(whiteoutOf: path)
                return try writer.begin(mark.pointer)
            }
            try layer.check(name, path)
            // Archives know no sockets, and the layer is to be what its archive says.
            if kind == S_IFSOCK, unlinkat(directory, cName, 0) != 0 { throw failed("unlink", path) }
        }
        if kind == S_IFSOCK { return }
        let clamped = layer?.clamp(&facts) ?? false
        try addEntry(cName, in: directory, as: path, facts)
        // A directory's time changes while things are removed from it, so it comes last.
        if clamped { utimensat(directory, cName, [facts.st_mtim, facts.st_mtim], AT_SYMLINK_NOFOLLOW) }
    }

    private func addEntry(
        _ cName: [CChar], in directory: Int32, as path: [UInt8], _ facts: stat
    ) throws(EngineError) {
        let kind = facts.st_mode & S_IFMT
        var entry = Entry(facts, path: kind == S_IFDIR ? path + [0x2F] : path)
        if kind != S_IFDIR, facts.st_nlink > 1 {
            let key = FileKey(device: facts.st_dev, inode: facts.st_ino)
            if let first = links[key] {
                entry.setHardLink(first)
                return try writer.begin(entry.pointer)
            }
            links[key] = path
        }
        switch kind {
        case S_IFREG: try addFile(cName, in: directory, path, &entry)
        case S_IFDIR: try addDirectory(cName, in: directory, path, &entry, isForeign: facts.st_dev != device)
        default:
            if kind == S_IFLNK { entry.setLink(try readLink(cName, in: directory, path)) }
            entry.readAttributes(named: cName, in: directory)
            try writer.begin(entry.pointer)
        }
    }

    private func addFile(
        _ name: [CChar], in directory: Int32, _ path: [UInt8], _ entry: inout Entry
    ) throws(EngineError) {
        // Nobody but this thread sees a layer that is made.
        if layer != nil {
            let fd = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard fd >= 0 else { throw failed("open", path) }
            let file = OwnedDescriptor(owning: fd)
            try addContent(file, path, &entry)
            return
        }
        // A program in the container may put a device here between the look and the open, and opening one does things:
        // what is opened is the very object that was looked at.
        let handleNumber = openat(directory, name, OwnedDescriptor.pathOnly | O_NOFOLLOW | O_CLOEXEC)
        guard handleNumber >= 0 else { throw failed("open", path) }
        let handle = OwnedDescriptor(owning: handleNumber)
        var facts = stat()
        guard fstat(handle.rawValue, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw EngineError(.conflict, "cannot archive \"\(printable(path))\": it changed while it was read")
        }
        let fd = open("/proc/self/fd/\(handle.rawValue)", O_RDONLY | O_CLOEXEC)
        guard fd >= 0 else { throw failed("open", path) }
        try addContent(OwnedDescriptor(owning: fd), path, &entry)
    }

    private func addContent(
        _ file: borrowing OwnedDescriptor, _ path: [UInt8], _ entry: inout Entry
    ) throws(EngineError) {
        let fd = file.rawValue
        try refuseMarks(entry.readAttributes(of: fd), path)
        try writer.begin(entry.pointer)
        // The header has promised a size: a file that grows is cut, one that shrinks is filled.
        var left = entry.size
        while left > 0 {
            let want = Int(min(Int64(buffer.count), left))
            let count = read(fd, buffer.baseAddress, want)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failed("read", path) }
            if count == 0 { break }
            try writer.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            left -= Int64(count)
            contentBytes += Int64(count)
        }
        try fill(left)
    }

    /// Zeros for what a file that shrank has lost.
    private func fill(_ count: Int64) throws(EngineError) {
        guard count > 0 else { return }
        buffer.initializeMemory(as: UInt8.self, repeating: 0)
        var left = count
        while left > 0 {
            let piece = Int(min(Int64(buffer.count), left))
            try writer.write(UnsafeRawBufferPointer(rebasing: buffer[..<piece]))
            left -= Int64(piece)
        }
    }

    /// Some of overlayfs's marks say that the content is elsewhere: a layer without them would lose it.
    private func refuseMarks(_ marks: [String], _ path: [UInt8]) throws(EngineError) {
        guard layer != nil, let mark = marks.first(where: LayerRules.hidesContent) else { return }
        throw EngineError(
            .unsupported, "cannot make a layer: \"\(printable(path))\" carries overlayfs's mark \(mark)",
            hint: "the kernel's overlay module sets it: mount with redirect_dir=off and metacopy=off")
    }

    private func addDirectory(
        _ name: [CChar], in directory: Int32, _ path: [UInt8], _ entry: inout Entry, isForeign: Bool
    ) throws(EngineError) {
        let fd = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard fd >= 0 else { throw failed("open", path) }
        let opened = OwnedDescriptor(owning: fd)
        let marks = entry.readAttributes(of: opened.rawValue)
        try refuseMarks(marks, path)
        if !path.isEmpty { try writer.begin(entry.pointer) }
        if layer != nil, !path.isEmpty, marks.contains(OverlayMark.opaque) {
            let mark = Entry(opaqueMarkIn: path)
            try writer.begin(mark.pointer)
        }
        // Another file system is mounted here: the directory is part of the tree, its content is not.
        if isForeign { return }
        let prefix = path.isEmpty ? [] : path + [0x2F]
        for child in try names(in: opened, path) { try add(child, in: fd, as: prefix + child) }
        withExtendedLifetime(opened) {}
    }

    /// Names as bytes, in order, so that the same tree makes the same archive.
    private func names(in directory: borrowing OwnedDescriptor, _ path: [UInt8]) throws(EngineError) -> [[UInt8]] {
        let copy = openat(directory.rawValue, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw failed("open", path) }
        guard let stream = fdopendir(copy) else {
            _ = close(copy)
            throw failed("fdopendir", path)
        }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { bytes($0) }
            }
            if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private func readLink(_ name: [CChar], in directory: Int32, _ path: [UInt8]) throws(EngineError) -> [UInt8] {
        var target = [CChar](repeating: 0, count: 4096)
        let count = readlinkat(directory, name, &target, target.count)
        guard count >= 0 else { throw failed("readlink", path) }
        return target.prefix(count).map { UInt8(bitPattern: $0) }
    }

    private func failed(_ call: String, _ path: [UInt8]) -> EngineError {
        let reason = SystemError.last(call)
        return EngineError(.system, "cannot archive \"\(printable(path))\"", cause: reason)
    }

    /// libarchive's entry, freed with the value.
    private struct Entry: ~Copyable {
        let pointer: OpaquePointer
        let size: Int64

        init(_ facts: stat, path: [UInt8]) {
            pointer = archive_entry_new()
            let kind = facts.st_mode & S_IFMT
            size = kind == S_IFREG ? Int64(facts.st_size) : 0
            archive_entry_set_pathname(pointer, path.map { CChar(bitPattern: $0) } + [0])
            archive_entry_set_filetype(pointer, kind)
            archive_entry_set_perm(pointer, facts.st_mode & 0o7777)
            archive_entry_set_uid(pointer, Int64(facts.st_uid))
            archive_entry_set_gid(pointer, Int64(facts.st_gid))
            archive_entry_set_size(pointer, size)
            archive_entry_set_mtime(pointer, facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec)
            if kind == S_IFCHR || kind == S_IFBLK { archive_entry_set_rdev(pointer, facts.st_rdev) }
        }

        /// A name that is removed (image-spec, layer.md).
        init(whiteoutOf path: [UInt8]) {
            let slash = path.lastIndex(of: 0x2F).map { $0 + 1 } ?? 0
            self.init(markAt: Array(path[..<slash]) + Array(".wh.".utf8) + Array(path[slash...]))
        }

        /// A directory in which nothing of the layers below is seen.
        init(opaqueMarkIn path: [UInt8]) { self.init(markAt: path + Array("/.wh..wh..opq".utf8)) }

        private init(markAt path: [UInt8]) {
            pointer = archive_entry_new()
            size = 0
            archive_entry_set_pathname(pointer, path.map { CChar(bitPattern: $0) } + [0])
            archive_entry_set_filetype(pointer, S_IFREG)
            archive_entry_set_perm(pointer, 0)
            archive_entry_set_size(pointer, 0)
            archive_entry_set_mtime(pointer, 0, 0)
        }

        deinit { archive_entry_free(pointer) }

        func setHardLink(_ target: [UInt8]) {
            archive_entry_set_size(pointer, 0)
            archive_entry_set_hardlink(pointer, target.map { CChar(bitPattern: $0) } + [0])
        }

        func setLink(_ target: [UInt8]) {
            archive_entry_set_symlink(pointer, target.map { CChar(bitPattern: $0) } + [0])
        }

        /// Answers overlayfs's marks, which are left out.
        @discardableResult
        func readAttributes(of descriptor: Int32) -> [String] {
            let names = list { flistxattr(descriptor, $0, $1) }
            for name in names { add(name) { fgetxattr(descriptor, name, $0, $1) } }
            return names.filter(OverlayMark.isOne)
        }

        func readAttributes(named name: [CChar], in directory: Int32) {
            let place = "/proc/self/fd/\(directory)/".utf8.map { CChar(bitPattern: $0) } + name
            for attribute in list({ llistxattr(place, $0, $1) }) {
                add(attribute) { lgetxattr(place, attribute, $0, $1) }
            }
        }

        private func list(_ call: (UnsafeMutablePointer<CChar>?, Int) -> Int) -> [String] {
            // 64 KiB is the kernel's limit for both lists and values (XATTR_LIST_MAX).
            guard call(nil, 0) > 0 else { return [] }
            var names = [CChar](repeating: 0, count: 64 << 10)
            let count = call(&names, names.count)
            guard count > 0 else { return [] }
            return names.prefix(count).split(separator: 0).map {
                String(decoding: $0.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            }
        }

        private func add(_ name: String, _ call: (UnsafeMutableRawPointer?, Int) -> Int) {
            // overlayfs's bookkeeping and the host's labels are not the file's own.
            guard !OverlayMark.isOne(name), name != "security.selinux" else { return }
            var value = [UInt8](repeating: 0, count: 64 << 10)
            let count = call(&value, value.count)
            guard count >= 0 else { return }
            archive_entry_xattr_add_entry(pointer, name, value, count)
        }
    }
}
