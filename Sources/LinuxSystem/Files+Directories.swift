import Glibc

/// One name in a directory.
public struct DirectoryEntry: Sendable, Hashable {
    /// The name alone.
    public var name: String
    /// The inode's number.
    public var inode: UInt64
    /// `.unknown` on file systems that do not tell.
    public var kind: FileStatus.Kind
}

extension Files {
    /// A directory's entries without `.` and `..`, in the kernel's order.
    public static func list(_ path: String) throws(SystemError) -> [DirectoryEntry] {
        do throws(SystemError) { return try OwnedDescriptor.open(path, O_RDONLY | O_DIRECTORY).entries() } catch {
            throw SystemError(error.number, error.call, path)
        }
    }

    /// Removes a file or a directory with all below it. Links are removed, never followed; a missing path is fine.
    public static func removeTree(_ path: String) throws(SystemError) {
        do throws(SystemError) {
            let directory: OwnedDescriptor
            do throws(SystemError) { directory = try .open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW) } catch {
                guard error.number == ENOTDIR || error.number == ELOOP else { throw error }
                return try remove(path)
            }
            try directory.removeContents()
            guard Glibc.rmdir(path) == 0 || errno == ENOENT else { throw SystemError.last("rmdir", path) }
        } catch {
            if error.number == ENOENT { return }
            throw SystemError(error.number, error.call, path)
        }
    }
}

extension OwnedDescriptor {
    /// The entries of an open directory without `.` and `..`, in the kernel's order.
    public borrowing func entries() throws(SystemError) -> [DirectoryEntry] {
        var found: [DirectoryEntry] = []
        try forEachEntry { name, inode, type in
            let text = name.baseAddress.map { String(cString: $0) } ?? ""
            found.append(DirectoryEntry(name: text, inode: inode, kind: kind(ofDirectoryType: type)))
        }
        return found
    }

    /// Calls `body` with each name, the NUL at its end included, its inode and its type (DT_*), without `.` and `..`.
    borrowing func forEachEntry(
        _ body: (UnsafeBufferPointer<CChar>, UInt64, UInt8) -> Void
    ) throws(SystemError) {
        // fdopendir takes its descriptor over and moves its position: it gets one of its own.
        let own = try open(at: ".", O_RDONLY | O_DIRECTORY).take()
        guard let stream = fdopendir(own) else {
            let error = SystemError.last("fdopendir")
            _ = Glibc.close(own)
            throw error
        }
        defer { closedir(stream) }
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                guard errno == 0 else { throw SystemError.last("readdir") }
                return
            }
            let (inode, type) = (UInt64(entry.pointee.d_ino), entry.pointee.d_type)
            withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { start in
                    let name = UnsafeBufferPointer(start: start, count: strlen(start) + 1)
                    if name.elementsEqual([46, 0]) || name.elementsEqual([46, 46, 0]) { return }
                    body(name, inode, type)
                }
            }
        }
    }

    /// Removes all that is in the open directory. Links are removed, never followed; nothing outside is touched.
    public borrowing func removeContents() throws(SystemError) {
        var removal = TreeRemoval()
        repeat {
            removal.movedUp = false
            try removal.empty(self, top: self, depth: 0)
        } while removal.movedUp
    }
}

/// Empties directories by descriptors. A tree may be deeper than a process has descriptors: what lies too deep is
/// moved up to the top directory and removed from there in another round.
private struct TreeRemoval {
    static let deepest = 64
    var movedUp = false
    var moves = 0

    mutating func empty(
        _ directory: borrowing OwnedDescriptor, top: borrowing OwnedDescriptor, depth: Int
    ) throws(SystemError) {
        for entry in try rawNames(of: directory) {
            try remove(entry.name, isDirectory: entry.isDirectory, in: directory, top: top, depth: depth)
        }
    }

    /// - Parameter isDirectory: what the directory's list said of it; file systems need not tell, and it may have changed.
    private mutating func remove(
        _ name: [CChar], isDirectory: Bool, in directory: borrowing OwnedDescriptor, top: borrowing OwnedDescriptor,
        depth: Int
    ) throws(SystemError) {
        let fd = directory.rawValue
        if !isDirectory {
            if unlinkat(fd, name, 0) == 0 || errno == ENOENT { return }
            guard errno == EISDIR || errno == EPERM else { throw SystemError.last("unlinkat", text(name)) }
        }
        if unlinkat(fd, name, AT_REMOVEDIR) == 0 || errno == ENOENT { return }
        if isDirectory, errno == ENOTDIR, unlinkat(fd, name, 0) == 0 { return }
        guard errno == ENOTEMPTY || errno == EEXIST else { throw SystemError.last("rmdir", text(name)) }
        if depth >= Self.deepest {
            moves += 1
            let target = ".removing-\(getpid())-\(moves)"
            guard renameat(fd, name, top.rawValue, target) == 0 else { throw SystemError.last("renameat", text(name)) }
            movedUp = true
            return
        }
        let child = Glibc.openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard child >= 0 else { throw SystemError.last("openat", text(name)) }
        try empty(OwnedDescriptor(owning: child), top: top, depth: depth + 1)
        guard unlinkat(fd, name, AT_REMOVEDIR) == 0
        else { throw SystemError.last("rmdir", text(name)) }
    }

    private func text(_ name: [CChar]) -> String {
        String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Names as bytes with their NUL: a name need not be UTF-8, and it must be removed all the same.
    private func rawNames(
        of directory: borrowing OwnedDescriptor
    ) throws(SystemError) -> [(name: [CChar], isDirectory: Bool)] {
        let own = try directory.open(at: ".", O_RDONLY | O_DIRECTORY).take()
        guard let stream = fdopendir(own) else {
            let error = SystemError.last("fdopendir")
            _ = Glibc.close(own)
            throw error
        }
        defer { closedir(stream) }
        var names: [(name: [CChar], isDirectory: Bool)] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { pointer in
                    Array(UnsafeBufferPointer(start: pointer, count: strlen(pointer) + 1))
                }
            }
            if name == [46, 0] || name == [46, 46, 0] { continue }
            names.append((name, entry.pointee.d_type == UInt8(DT_DIR)))
        }
        return names
    }
}

private func kind(ofDirectoryType type: UInt8) -> FileStatus.Kind {
    switch Int(type) {
    case 8: .regular
    case 4: .directory
    case 10: .symbolicLink
    case 2: .characterDevice
    case 6: .blockDevice
    case 1: .fifo
    case 12: .socket
    default: .unknown
    }
}
