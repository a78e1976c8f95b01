import CArchive
import Engine
import Glibc
import LinuxSystem

/// Whiteouts in archives are files with `.wh.` before the name (image-spec, layer.md); overlayfs wants a character
/// device 0:0, and an attribute on opaque directories (kernel, filesystems/overlayfs).
extension TreeWriter {
    private static let prefix = Array(".wh.".utf8)
    private static let opaque = Array(".wh..wh..opq".utf8)
    private static let aufs = Array(".wh..wh.".utf8)

    /// Whether the entry was a whiteout, which is then done.
    func applyWhiteout(at place: Place) throws(EngineError) -> Bool {
        guard place.name.starts(with: Self.prefix) else { return false }
        if place.name == Self.opaque {
            if purpose == .stack { try clearDirectory(place) }
            try makeOpaque(place.directory.rawValue, place)
            return true
        }
        // Bookkeeping of aufs, which docker ignores too.
        if place.name.starts(with: Self.aufs) { return true }
        let hidden = Array(place.name.dropFirst(Self.prefix.count))
        guard !hidden.isEmpty, hidden != [0x2E], hidden != [0x2E, 0x2E] else {
            throw place.refused("the whiteout names nothing")
        }
        let target = Place(
            directory: place.directory, name: hidden, path: place.path)
        if mknodat(place.directory.rawValue, target.cName, S_IFCHR, 0) == 0 { return true }
        guard errno == EEXIST else { throw place.failed("mknod") }
        if purpose == .stack {
            try clear(target)
            guard mknodat(place.directory.rawValue, target.cName, S_IFCHR, 0) == 0 else { throw place.failed("mknod") }
            return true
        }
        // This layer has the name itself: it stays, only what is below is hidden.
        let facts = try status(target)
        if facts.st_mode & S_IFMT == S_IFDIR {
            let fd = openat(
                place.directory.rawValue, target.cName, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard fd >= 0 else { throw place.failed("openat") }
            defer { _ = close(fd) }
            try makeOpaque(fd, place)
        }
        return true
    }

    /// What earlier layers have put into the directory that holds `place`.
    private func clearDirectory(_ place: Place) throws(EngineError) {
        forgetParents()
        let directory = try inWords("cannot clear \"\(place.path.text)\"") { () throws(SystemError) in
            let copy = fcntl(place.directory.rawValue, F_DUPFD_CLOEXEC, 3)
            guard copy >= 0 else { throw SystemError.last("dup") }
            return OwnedDescriptor(owning: copy)
        }
        try inWords("cannot clear \"\(place.path.text)\"") { () throws(SystemError) in try directory.removeContents() }
    }

    func makeOpaque(_ directory: Int32, _ place: Place) throws(EngineError) {
        let name = OverlayMark.opaque
        guard fsetxattr(directory, name, "y", 1, 0) == 0 else { throw place.failed("setxattr \(name)") }
    }
}
