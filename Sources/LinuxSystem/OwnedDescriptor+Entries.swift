import CLinux
import Glibc

/// Working on one name of an open directory. Names are bytes without a NUL, and must be names: a `/` in one, or `..`, is a
/// path, and leads elsewhere.
extension OwnedDescriptor {
    private func characters(_ name: [UInt8]) -> [CChar] { name.map { CChar(bitPattern: $0) } + [0] }

    private func words(_ name: [UInt8]) -> String { String(decoding: name, as: UTF8.self) }

    /// What has this name, a link itself; `nil` when nothing has.
    public borrowing func status(ofEntry name: [UInt8]) throws(SystemError) -> FileStatus? {
        var facts = stat()
        guard fstatat(rawValue, characters(name), &facts, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT { return nil }
            throw SystemError.last("stat", words(name))
        }
        return FileStatus(facts)
    }

    /// Where the link of this name points, as written.
    public borrowing func linkTarget(ofEntry name: [UInt8]) throws(SystemError) -> [UInt8] {
        let fd = rawValue
        let own = characters(name)
        var failure: Int32 = 0
        let target = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
            let length = buffer.withMemoryRebound(to: CChar.self) { space in
                space.baseAddress.map { readlinkat(fd, own, $0, space.count) } ?? -1
            }
            if length < 0 { failure = errno }
            count = max(0, length)
        }
        guard failure == 0 else { throw SystemError(failure, "readlink", words(name)) }
        return target
    }

    /// Opens a new file for writing, which nothing may have the name of yet.
    public borrowing func createEntry(_ name: [UInt8], mode: mode_t) throws(SystemError) -> OwnedDescriptor {
        let (fd, own) = (rawValue, characters(name))
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let made = retrying { Glibc.openat(fd, own, flags, mode) }
        guard made >= 0 else { throw SystemError.last("open", words(name)) }
        return OwnedDescriptor(owning: made)
    }

    /// mkdirat(2); answers the new directory.
    public borrowing func makeDirectory(entry name: [UInt8], mode: mode_t) throws(SystemError) -> OwnedDescriptor {
        guard mkdirat(rawValue, characters(name), mode) == 0 else { throw SystemError.last("mkdir", words(name)) }
        return try openDirectory(entry: name)
    }

    /// The directory of this name; a link is refused (`ENOTDIR`).
    public borrowing func openDirectory(entry name: [UInt8]) throws(SystemError) -> OwnedDescriptor {
        let (fd, own) = (rawValue, characters(name))
        let opened = retrying { Glibc.openat(fd, own, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
        guard opened >= 0 else { throw SystemError.last("open", words(name)) }
        return OwnedDescriptor(owning: opened)
    }

    /// unlinkat(2) of what is no directory.
    public borrowing func removeEntry(_ name: [UInt8]) throws(SystemError) {
        guard unlinkat(rawValue, characters(name), 0) == 0 else { throw SystemError.last("unlink", words(name)) }
    }

    /// rmdir(2).
    public borrowing func removeDirectory(entry name: [UInt8]) throws(SystemError) {
        guard unlinkat(rawValue, characters(name), AT_REMOVEDIR) == 0 else {
            throw SystemError.last("rmdir", words(name))
        }
    }

    /// Moves a name to one that nothing has yet (`EEXIST` otherwise).
    public borrowing func renameEntry(
        _ name: [UInt8], to target: [UInt8], in directory: borrowing OwnedDescriptor
    ) throws(SystemError) {
        guard sph_rename_new(rawValue, characters(name), directory.rawValue, characters(target)) == 0 else {
            throw SystemError.last("rename", words(name))
        }
    }

    /// Two names of this directory change places in one step.
    public borrowing func exchangeEntries(_ one: [UInt8], _ other: [UInt8]) throws(SystemError) {
        guard sph_rename_exchange_at(rawValue, characters(one), characters(other)) == 0 else {
            throw SystemError.last("rename", words(other))
        }
    }

    /// Gives the open file another owner and other permissions.
    public borrowing func setOwner(_ uid: UInt32, _ gid: UInt32, mode: mode_t) throws(SystemError) {
        // In this order: chown(2) takes the set-user-ID bit away.
        guard fchown(rawValue, uid, gid) == 0 else { throw SystemError.last("chown") }
        guard fchmod(rawValue, mode) == 0 else { throw SystemError.last("chmod") }
    }

    /// Cuts the open file to a length.
    public borrowing func truncate(to length: Int64) throws(SystemError) {
        let fd = rawValue
        guard retrying({ ftruncate(fd, off_t(length)) }) == 0 else { throw SystemError.last("ftruncate") }
    }

    /// Copies everything from where `source` stands to its end; answers the bytes.
    /// - Parameter isCancelled: is asked between pieces; throws `ECANCELED`.
    public borrowing func writeAll(
        from source: borrowing OwnedDescriptor, unless isCancelled: () -> Bool = { false }
    ) throws(SystemError) -> Int64 {
        var total: Int64 = 0
        var piece = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            if isCancelled() { throw SystemError(ECANCELED, "copy") }
            let input = source.rawValue
            let count = piece.withUnsafeMutableBytes { buffer in
                retrying { Glibc.read(input, buffer.baseAddress, buffer.count) }
            }
            guard count >= 0 else { throw SystemError.last("read") }
            if count == 0 { return total }
            try writeAll(count == piece.count ? piece : Array(piece[..<count]))
            total += Int64(count)
        }
    }
}
