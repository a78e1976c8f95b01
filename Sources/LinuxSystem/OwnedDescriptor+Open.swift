import CLinux
import Glibc

extension OwnedDescriptor {
    /// `O_PATH`: a handle on a place, not on its content.
    public static let pathOnly: Int32 = Int32(SPH_O_PATH)
    /// `O_TMPFILE`: a file without a name in the directory that is opened.
    public static let unnamedFile: Int32 = Int32(SPH_O_TMPFILE)

    /// How openat2(2) may walk a path.
    public struct Resolve: OptionSet, Sendable {
        /// `RESOLVE_*` bits.
        public let rawValue: UInt64
        /// Wraps `RESOLVE_*` bits.
        public init(rawValue: UInt64) { self.rawValue = rawValue }
        /// The directory is the root: absolute paths, `..` and links stay within it.
        public static let inRoot = Resolve(rawValue: UInt64(SPH_RESOLVE_IN_ROOT))
        /// A path that leads out of the directory is refused (`EXDEV`).
        public static let beneath = Resolve(rawValue: UInt64(SPH_RESOLVE_BENEATH))
        /// Symbolic links anywhere on the way are refused (`ELOOP`).
        public static let noSymlinks = Resolve(rawValue: UInt64(SPH_RESOLVE_NO_SYMLINKS))
        /// Magic links such as `/proc/PID/fd/N` are refused.
        public static let noMagicLinks = Resolve(rawValue: UInt64(SPH_RESOLVE_NO_MAGICLINKS))
        /// Mount points are not crossed (`EXDEV`).
        public static let noCrossing = Resolve(rawValue: UInt64(SPH_RESOLVE_NO_XDEV))
    }

    /// open(2) with `O_CLOEXEC` added.
    public static func open(
        _ path: String, _ flags: Int32 = O_RDONLY, mode: mode_t = 0o644
    ) throws(SystemError) -> OwnedDescriptor {
        let fd = retrying { Glibc.open(path, flags | O_CLOEXEC, mode) }
        guard fd >= 0 else { throw SystemError.last("open", path) }
        return OwnedDescriptor(owning: fd)
    }

    /// openat(2) with `O_CLOEXEC` added.
    public borrowing func open(
        at path: String, _ flags: Int32 = O_RDONLY, mode: mode_t = 0o644
    ) throws(SystemError) -> OwnedDescriptor {
        let directory = rawValue
        let fd = retrying { Glibc.openat(directory, path, flags | O_CLOEXEC, mode) }
        guard fd >= 0 else { throw SystemError.last("openat", path) }
        return OwnedDescriptor(owning: fd)
    }

    /// openat2(2) with `O_CLOEXEC` added. `mode` counts only with `O_CREAT` or `O_TMPFILE`.
    public borrowing func open(
        at path: String, _ flags: Int32 = O_RDONLY, mode: mode_t = 0o644, resolve: Resolve
    ) throws(SystemError) -> OwnedDescriptor {
        let directory = rawValue
        let creates = flags & O_CREAT != 0 || flags & 0o20000000 != 0
        let fd = retrying {
            sph_openat2(
                directory, path, UInt64(UInt32(bitPattern: flags | O_CLOEXEC)), creates ? UInt64(mode) : 0,
                resolve.rawValue)
        }
        guard fd >= 0 else { throw SystemError.last("openat2", path) }
        return OwnedDescriptor(owning: fd)
    }

    /// A read-only mount of one file or directory that lies nowhere: what is started from it cannot be written through
    /// /proc/PID/exe. Takes CAP_SYS_ADMIN and Linux 5.12.
    public static func readOnlyClone(_ path: String) throws(SystemError) -> OwnedDescriptor {
        let fd = sph_read_only_clone(path)
        guard fd >= 0 else { throw SystemError.last("open_tree", path) }
        return OwnedDescriptor(owning: fd)
    }

    /// An anonymous file in memory (memfd_create(2)); `name` is only seen in /proc.
    public static func memory(_ name: String) throws(SystemError) -> OwnedDescriptor {
        let fd = sph_memfd_create(name)
        guard fd >= 0 else { throw SystemError.last("memfd_create", name) }
        return OwnedDescriptor(owning: fd)
    }
}

/// Runs a call again as long as a signal interrupts it.
@inline(__always)
func retrying(_ call: () -> Int32) -> Int32 {
    while true {
        let result = call()
        if result >= 0 || errno != EINTR { return result }
    }
}

/// Runs a call that counts bytes again as long as a signal interrupts it.
@inline(__always)
func retrying(_ call: () -> Int) -> Int {
    while true {
        let result = call()
        if result >= 0 || errno != EINTR { return result }
    }
}
