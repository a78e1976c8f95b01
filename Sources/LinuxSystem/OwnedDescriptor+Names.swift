import CLinux
import Glibc

/// A name in a directory as the kernel has it: bytes that need not be UTF-8.
public struct RawName: Sendable, Hashable {
    /// The bytes with the NUL that ends them.
    public let characters: [CChar]
    /// The directory's list says that it is a directory; `nil` where it does not tell.
    public let isDirectory: Bool?

    /// The bytes without the NUL.
    public var bytes: [UInt8] { characters.dropLast().map { UInt8(bitPattern: $0) } }

    /// The name in words; bytes that are not UTF-8 are replaced.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension OwnedDescriptor {
    /// The names in an open directory without `.` and `..`, in the kernel's order.
    public borrowing func rawNames() throws(SystemError) -> [RawName] {
        var names: [RawName] = []
        try forEachEntry { name, _, type in
            let isDirectory = Int(type) == DT_UNKNOWN ? nil : Int(type) == DT_DIR
            names.append(RawName(characters: Array(name), isDirectory: isDirectory))
        }
        return names
    }
}

extension OwnedDescriptor {
    /// openat2(2), with `O_CLOEXEC` added, of a path that exists and whose names need not be UTF-8; a NUL ends `path`.
    public borrowing func open(
        at path: [CChar], _ flags: Int32, resolve: Resolve
    ) throws(SystemError) -> OwnedDescriptor {
        let directory = rawValue
        let fd = retrying {
            sph_openat2(directory, path, UInt64(UInt32(bitPattern: flags | O_CLOEXEC)), 0, resolve.rawValue)
        }
        guard fd >= 0 else {
            throw SystemError.last(
                "openat2", String(decoding: path.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
        return OwnedDescriptor(owning: fd)
    }

    /// Moves a name of this open directory to another one of the same file system, unless there is one of that name already.
    public borrowing func moveNew(_ name: RawName, to directory: borrowing OwnedDescriptor) throws(SystemError) {
        if sph_rename_new(rawValue, name.characters, directory.rawValue, name.characters) == 0 { return }
        guard errno == EEXIST || errno == ENOTEMPTY else { throw SystemError.last("renameat2", name.text) }
    }

    /// Sets the time of the last change, in nanoseconds since the epoch.
    public borrowing func setModified(_ nanoseconds: Int64) throws(SystemError) {
        let time = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        guard futimens(rawValue, [time, time]) == 0 else { throw SystemError.last("futimens") }
    }
}
