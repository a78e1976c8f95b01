import CLinux
import CMonitorWire

/// The file `status` in the container's directory.
struct StatusFile: ~Copyable {
    private var directory = Descriptor()
    var status = sph_status()

    /// Keeps nothing: a further process in a container has no status of its own.
    init() {}

    init(directory path: CString) throws(SystemError) {
        directory = Descriptor(owning: try check(monitor_open(path, MONITOR_PATH_ONLY | O_DIRECTORY, 0)))
        status.magic = SPH_STATUS_MAGIC
        status.version = SPH_WIRE_VERSION
        status.monitor_pid = monitor_pid()
    }

    /// Replaces the file: a reader sees the old one or the new one, never half of one.
    ///
    /// `forGood` says that the file is still of use after the machine has crashed. ext4 then writes the new one's bytes
    /// out before it takes the old one's name, which costs many times the rest and is not worth it for a process that
    /// would be gone as well; names that change places are not such a case.
    mutating func write(forGood: Bool = false) throws(SystemError) {
        guard directory.isOpen else { return }
        let name = ("status" as StaticString).c
        let temporary = ("status.tmp" as StaticString).c
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW
        let file = Descriptor(owning: try check(monitor_openat(directory.number, temporary, flags, 0o644)))
        let size = MemoryLayout<sph_status>.size
        guard try check(monitor_write(file.number, &status, size)) == size else { throw SystemError(code: EIO) }
        if !forGood, monitor_exchange(directory.number, temporary, name) == 0 {
            _ = monitor_unlink(directory.number, temporary)
        } else {
            try check(monitor_rename(directory.number, temporary, name))
        }
    }
}
