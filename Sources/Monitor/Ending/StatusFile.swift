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
    mutating func write() throws(SystemError) {
        guard directory.isOpen else { return }
        let temporary = ("status.tmp" as StaticString).c
        let file = Descriptor(
            owning: try check(
                monitor_openat(directory.number, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o644)))
        let size = MemoryLayout<sph_status>.size
        guard try check(monitor_write(file.number, &status, size)) == size else { throw SystemError(code: EIO) }
        try check(monitor_rename(directory.number, temporary, ("status" as StaticString).c))
    }
}
