import CArchive
import Engine
import Glibc
import LinuxSystem

extension TreeWriter {
    func writeFile(
        at place: Place, _ metadata: EntryMetadata, size: Int64, from reader: TarReader
    ) throws(EngineError) {
        let name = place.cName
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        // Nobody else sees a layer before it is whole; in a container, nobody may open what is not his yet.
        let mode = isLayer ? metadata.permissions & 0o777 : 0o600
        var fd = openat(place.directory.rawValue, name, flags, mode)
        if fd < 0, errno == EEXIST {
            try clear(place)
            fd = openat(place.directory.rawValue, name, flags, mode)
        }
        guard fd >= 0 else { throw place.failed("openat") }
        let file = OwnedDescriptor(owning: fd)
        var end: Int64 = 0
        try reader.forEachBlock { (block, offset) throws(EngineError) in
            guard offset >= 0, block.count <= Int64.max - offset else { throw place.refused("its size is impossible") }
            try write(block, to: fd, at: offset, place)
            end = max(end, offset + Int64(block.count))
            writtenBytes += Int64(block.count)
            guard writtenBytes <= limits.layerBytes else {
                throw place.refused("all files together have more than \(limits.layerBytes) bytes")
            }
        }
        // A hole at the end of a sparse file has no block.
        if size > end, ftruncate(fd, off_t(size)) != 0 { throw place.failed("ftruncate") }
        try metadata.apply(to: fd, path: place.path.text, keepOwners: keepOwners)
        let times = [metadata.modifiedAt, metadata.modifiedAt]
        _ = futimens(fd, times)
        do throws(SystemError) {
            try file.close()
        } catch {
            throw EngineError(.system, "cannot unpack \"\(place.path.text)\"", cause: error)
        }
    }

    private func write(
        _ block: UnsafeRawBufferPointer, to fd: Int32, at offset: Int64, _ place: Place
    ) throws(EngineError) {
        var done = 0
        while done < block.count {
            let rest = UnsafeRawBufferPointer(rebasing: block[done...])
            let count = pwrite(fd, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw place.failed("write") }
            done += count
        }
    }

    func makeDirectory(at place: Place, _ metadata: EntryMetadata) throws(EngineError) {
        let name = place.cName
        let directory = place.directory.rawValue
        var hidesLower = false
        if mkdirat(directory, name, 0o700) != 0 {
            guard errno == EEXIST else { throw place.failed("mkdir") }
            let facts = try status(place)
            if facts.st_mode & S_IFMT != S_IFDIR {
                // A whiteout and then a directory of the same name: what was below stays hidden.
                hidesLower = purpose == .stack || (isLayer && facts.isWhiteout)
                try clear(place)
                guard mkdirat(directory, name, 0o700) == 0 else { throw place.failed("mkdir") }
            }
        }
        let fd = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard fd >= 0 else { throw place.failed("openat") }
        let opened = OwnedDescriptor(owning: fd)
        if hidesLower { try makeOpaque(opened.rawValue, place) }
        try metadata.apply(to: opened.rawValue, path: place.path.text, keepOwners: keepOwners)
        remember(place.path, metadata)
    }

    func makeLink(at place: Place, _ metadata: EntryMetadata, target: [UInt8]) throws(EngineError) {
        let name = place.cName
        let text = target.map { CChar(bitPattern: $0) } + [0]
        if symlinkat(text, place.directory.rawValue, name) != 0 {
            guard errno == EEXIST else { throw place.failed("symlink") }
            try clear(place)
            guard symlinkat(text, place.directory.rawValue, name) == 0 else { throw place.failed("symlink") }
        }
        try metadata.apply(
            toName: name, in: place.directory.rawValue, path: place.path.text, keepOwners: keepOwners)
    }

    func makeNode(at place: Place, _ metadata: EntryMetadata) throws(EngineError) {
        if metadata.kind == S_IFCHR, metadata.device == 0 {
            throw place.refused("the device 0:0 is overlayfs's mark for a removed file")
        }
        let name = place.cName
        let mode = metadata.kind | 0o600
        if mknodat(place.directory.rawValue, name, mode, metadata.device) != 0 {
            // In a user namespace nobody may make devices, and none would work: a container's own come from its start.
            if errno == EPERM, metadata.kind != S_IFIFO, !UserNamespace.isInitial { return }
            guard errno == EEXIST else { throw place.failed("mknod") }
            try clear(place)
            guard mknodat(place.directory.rawValue, name, mode, metadata.device) == 0 else {
                throw place.failed("mknod")
            }
        }
        try metadata.apply(
            toName: name, in: place.directory.rawValue, path: place.path.text, keepOwners: keepOwners)
    }

    func link(at place: Place, to target: EntryPath) throws(EngineError) {
        guard !target.isRoot else { throw place.refused("it is a hard link to the root") }
        guard target != place.path else { return }
        let missing = place.refused(
            "it is a hard link to \"\(target.text)\", which is not in the archive before it")
        guard let source = try open(Array(target.components.dropLast()), of: target) else { throw missing }
        let from = target.name.map { CChar(bitPattern: $0) } + [0]
        // Flag 0: a symbolic link at the end is linked itself, not what it points to.
        if linkat(source.rawValue, from, place.directory.rawValue, place.cName, 0) == 0 { return }
        if errno == EEXIST {
            try clear(place)
            if linkat(source.rawValue, from, place.directory.rawValue, place.cName, 0) == 0 { return }
        }
        throw errno == ENOENT ? missing : place.failed("link")
    }

    // MARK: - What stands in the way

    func status(_ place: Place) throws(EngineError) -> stat {
        var facts = stat()
        guard fstatat(place.directory.rawValue, place.cName, &facts, AT_SYMLINK_NOFOLLOW) == 0 else {
            throw place.failed("stat")
        }
        return facts
    }

    /// Removes what an entry replaces.
    func clear(_ place: Place) throws(EngineError) {
        let name = place.cName
        let isDirectory = try status(place).st_mode & S_IFMT == S_IFDIR
        if purpose == .copy, isDirectory {
            throw EngineError(.conflict, "cannot copy: \"\(place.path.text)\" is a directory and would become a file")
        }
        forgetParents()
        if isDirectory {
            let fd = openat(place.directory.rawValue, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard fd >= 0 else { throw place.failed("openat") }
            let opened = OwnedDescriptor(owning: fd)
            try inWords("cannot replace \"\(place.path.text)\"") { () throws(SystemError) in try opened.removeContents()
            }
        }
        guard unlinkat(place.directory.rawValue, name, isDirectory ? AT_REMOVEDIR : 0) == 0 else {
            throw place.failed("unlink")
        }
    }
}

extension stat {
    /// overlayfs's mark for a name that is removed.
    var isWhiteout: Bool { st_mode & S_IFMT == S_IFCHR && st_rdev == 0 }
}
