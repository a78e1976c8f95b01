import CArchive
import Engine
import Glibc
import LinuxSystem

/// Who owns an entry, its permissions, time and extended attributes.
struct EntryMetadata {
    /// The `S_IFMT` bits.
    let kind: mode_t
    /// Permissions with setuid, setgid and sticky.
    let permissions: mode_t
    var uid: uid_t
    var gid: gid_t
    let device: dev_t
    let modifiedAt: timespec
    let attributes: [(name: String, value: [UInt8])]

    init(_ entry: OpaquePointer) {
        kind = archive_entry_filetype(entry) & S_IFMT
        permissions = archive_entry_perm(entry) & 0o7777
        uid = uid_t(truncatingIfNeeded: archive_entry_uid(entry))
        gid = gid_t(truncatingIfNeeded: archive_entry_gid(entry))
        device = archive_entry_rdev(entry)
        modifiedAt = timespec(tv_sec: archive_entry_mtime(entry), tv_nsec: archive_entry_mtime_nsec(entry))
        var attributes: [(name: String, value: [UInt8])] = []
        if archive_entry_xattr_reset(entry) > 0 {
            var name: UnsafePointer<CChar>?
            var value: UnsafeRawPointer?
            var size = 0
            while archive_entry_xattr_next(entry, &name, &value, &size) == ARCHIVE_OK {
                guard let name else { continue }
                let content = UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : size)
                attributes.append((String(cString: name), Array(content)))
            }
        }
        self.attributes = attributes
    }

    /// Sets everything on an open file but the time. The order matters: chown(2) takes setuid bits and capabilities away.
    ///
    /// What is right already is left alone: looking costs less than a change, which goes through the journal.
    func apply(to descriptor: Int32, path: @autoclosure () -> String, keepOwners: Bool) throws(EngineError) {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw failed("fstat", path()) }
        let changesOwner = keepOwners && (facts.st_uid != uid || facts.st_gid != gid)
        if changesOwner, fchown(descriptor, uid, gid) != 0 { throw ownerRefused("fchown", path()) }
        if changesOwner || facts.st_mode & 0o7777 != permissions, fchmod(descriptor, permissions) != 0 {
            throw failed("fchmod", path())
        }
        for (name, value) in attributes {
            try check(name, path())
            if fsetxattr(descriptor, name, value, value.count, 0) != 0 { try tolerate(name, path()) }
        }
    }

    /// Sets everything on a name in an open directory, never following a link.
    func apply(toName name: [CChar], in directory: Int32, path: String, keepOwners: Bool) throws(EngineError) {
        if keepOwners, fchownat(directory, name, uid, gid, AT_SYMLINK_NOFOLLOW) != 0 {
            throw ownerRefused("fchownat", path)
        }
        if kind != S_IFLNK { try setPermissions(ofName: name, in: directory, path: path) }
        if !attributes.isEmpty {
            let place = "/proc/self/fd/\(directory)/".utf8.map { CChar(bitPattern: $0) } + name
            for (attribute, value) in attributes {
                try check(attribute, path)
                if lsetxattr(place, attribute, value, value.count, 0) != 0 { try tolerate(attribute, path) }
            }
        }
        let times = [modifiedAt, modifiedAt]
        _ = utimensat(directory, name, times, AT_SYMLINK_NOFOLLOW)
    }

    /// fchmodat(2) follows links, and a program in the container may have put one there since: a handle cannot change.
    private func setPermissions(ofName name: [CChar], in directory: Int32, path: String) throws(EngineError) {
        let fd = openat(directory, name, OwnedDescriptor.pathOnly | O_NOFOLLOW | O_CLOEXEC)
        guard fd >= 0 else { throw failed("openat", path) }
        let handle = OwnedDescriptor(owning: fd)
        guard chmod("/proc/self/fd/\(handle.rawValue)", permissions) == 0 else { throw failed("chmod", path) }
    }

    /// overlayfs's own attributes would let an archive redirect directories of the layers below.
    private func check(_ attribute: String, _ path: String) throws(EngineError) {
        guard !OverlayMark.isOne(attribute) else {
            throw EngineError(
                .invalidArgument, "the archive is refused: \"\(path)\" carries the attribute \(printable(attribute))")
        }
    }

    /// Attributes that the file system does not know are left out, as docker does; capabilities never silently.
    private func tolerate(_ attribute: String, _ path: String) throws(EngineError) {
        let number = errno
        if attribute != "security.capability", number == ENOTSUP || number == EPERM || number == EINVAL { return }
        errno = number
        throw failed("setxattr \(printable(attribute))", path)
    }

    /// An owner who is not among the namespace's ids cannot be had there, and never silently be someone else.
    private func ownerRefused(_ call: String, _ path: String) -> EngineError {
        guard errno == EINVAL, !UserNamespace.isInitial else { return failed(call, path) }
        return EngineError(
            .unsupported, "cannot unpack \"\(path)\": its owner \(uid):\(gid) is not among this user's ids",
            hint: "ranges in /etc/subuid and /etc/subgid give more: spyhop doctor tells how")
    }

    private func failed(_ call: String, _ path: String) -> EngineError {
        let reason = SystemError.last(call)
        return EngineError(.system, "cannot unpack \"\(path)\"", cause: reason)
    }
}
